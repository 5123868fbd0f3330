import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = "/usr/bin/glewlwyd";
const TABLES = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";
const CONFIG = "/etc/glewlwyd/glewlwyd.conf";
const SQLITE = "/usr/bin/sqlite3";

/** True where Glewlwyd cannot run. */
export const needsGlewlwyd = ![BINARY, TABLES, CONFIG, SQLITE].every((path) => existsSync(path));

type Algorithm = { type: "rsa" | "rsa-pss" | "ecdsa"; size: "256" | "384" | "512" };

export type Glewlwyd = {
  issuer: string;
  /** Adds or changes the console as a client. */
  setClient(client: { id: string; secret: string; methods: string[]; redirectUri: string }): Promise<void>;
  /** Adds or changes somebody who may sign in. */
  setPerson(person: { name: string; fullName?: string; email?: string; groups?: string[] }): Promise<void>;
  /** From now on another key, of another kind where one is named. */
  rotate(algorithm?: Algorithm): Promise<void>;
  /** Signs somebody in with a password, grants the scope, and gives the address that the browser is sent back to. */
  visit(address: string, person: { name: string; clientId: string }): Promise<string>;
  stop(): Promise<void>;
};

const PASSWORD = "a-password-of-the-tests";

/** A provider that nobody here wrote: https://github.com/babelouest/glewlwyd, on loopback, with a database of its own. */
export async function startGlewlwyd(): Promise<Glewlwyd> {
  const folder = mkdtempSync(join(tmpdir(), "goldsmith-glewlwyd-"));
  const port = await freePort();
  const database = join(folder, "glewlwyd.db");
  execFileSync(SQLITE, [database], { input: readFileSync(TABLES) });
  const origin = `http://127.0.0.1:${port}`;
  const config = readFileSync(CONFIG, "utf8")
    .replace(/^port=.*$/m, `port=${port}`)
    .replace(/^#bind_address=.*$/m, 'bind_address="127.0.0.1"')
    .replace(/^external_url=.*$/m, `external_url="${origin}"`)
    .replace(/^log_mode=.*$/m, 'log_mode="console"')
    .replace(/^@include.*$/m, `database = { type = "sqlite3"; path = "${database}"; };`);
  writeFileSync(join(folder, "glewlwyd.conf"), config);
  const child = spawn(BINARY, [`--config-file=${join(folder, "glewlwyd.conf")}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  await hasStarted(child);

  const api = `${origin}/api`;
  const admin = new Visitor();
  await admin.send("POST", `${api}/auth/`, { username: "admin", password: "password" });
  const plugin = (key: string, cert: string, { type, size }: Algorithm) => ({
    module: "oidc",
    name: "oidc",
    display_name: "OIDC",
    order_rank: 1,
    readonly: false,
    parameters: pluginParameters(`${api}/oidc`, key, cert, type, size),
  });
  await admin.send("POST", `${api}/mod/plugin/`, plugin(...newKey("rsa"), { type: "rsa", size: "256" }));
  const users = (await (await admin.send("GET", `${api}/mod/user/database`)).json()) as {
    parameters: { "data-format": Record<string, unknown> };
  };
  users.parameters["data-format"].groups = { multiple: true, read: true, write: true };
  await admin.send("PUT", `${api}/mod/user/database`, users);
  await admin.send("PUT", `${api}/mod/reload/`);

  /** Adds what is new and changes what is known. */
  const set = async (kind: "client" | "user", id: string, body: object) => {
    const isKnown = (await admin.ask("GET", `${api}/${kind}/${id}?source=database`)).ok;
    await (isKnown
      ? admin.send("PUT", `${api}/${kind}/${id}?source=database`, body)
      : admin.send("POST", `${api}/${kind}/?source=database`, body));
  };

  return {
    issuer: `${api}/oidc`,
    setClient: ({ id, secret, methods, redirectUri }) =>
      set("client", id, {
        client_id: id,
        name: id,
        confidential: true,
        enabled: true,
        password: secret,
        client_secret: secret,
        scope: ["openid"],
        authorization_type: ["code", "refresh_token"],
        redirect_uri: [redirectUri],
        token_endpoint_auth_method: methods,
      }),
    setPerson: ({ name, fullName, email, groups }) =>
      set("user", name, {
        username: name,
        name: fullName,
        email,
        groups,
        password: PASSWORD,
        enabled: true,
        scope: ["openid"],
      }),
    rotate: async (algorithm = { type: "rsa", size: "256" }) => {
      const [key, cert] = newKey(algorithm.type);
      await admin.send("PUT", `${api}/mod/plugin/oidc`, plugin(key, cert, algorithm));
      await admin.send("PUT", `${api}/mod/reload/`);
    },
    async visit(address, { name, clientId }) {
      const visitor = new Visitor();
      await visitor.send("POST", `${api}/auth/`, { username: name, password: PASSWORD });
      await visitor.send("PUT", `${api}/auth/grant/${clientId}`, { scope: "openid" });
      const answer = await visitor.ask("GET", address);
      const location = answer.headers.get("location") ?? "";
      // Its own page for signing in carries the way on: who has signed in already takes it.
      const onward = new URL(location, address).searchParams.get("callback_url");
      if (!onward) return location;
      const next = await visitor.ask("GET", `${onward}&g_continue`);
      return next.headers.get("location") ?? "";
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A client of Glewlwyd's that keeps its cookies. */
class Visitor {
  private readonly cookies = new Map<string, string>();

  async ask(method: string, url: string, body?: object): Promise<Response> {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: body && JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";", 1);
      this.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  }

  async send(method: string, url: string, body?: object): Promise<Response> {
    const response = await this.ask(method, url, body);
    if (!response.ok)
      throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
    return response;
  }
}

function newKey(type: Algorithm["type"]): [key: string, cert: string] {
  const { privateKey, publicKey } =
    type === "ecdsa"
      ? generateKeyPairSync("ec", { namedCurve: "prime256v1" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return [
    privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey.export({ type: "spki", format: "pem" }).toString(),
  ];
}

/** https://github.com/babelouest/glewlwyd/blob/master/docs/OIDC.md, as its administration page would send it. */
const pluginParameters = (iss: string, key: string, cert: string, type: string, size: string) => ({
  iss,
  "jwt-type": type,
  "jwt-key-size": size,
  key,
  cert,
  "access-token-duration": 3600,
  "refresh-token-duration": 86_400,
  "code-duration": 600,
  "refresh-token-rolling": true,
  "session-cookie-name": "GLEWLWYD2_OIDC_SESSION",
  "session-cookie-expiration": 86_400,
  "allow-non-oidc": true,
  "auth-type-code-enabled": true,
  "auth-type-code-revoke-replayed": true,
  "auth-type-token-enabled": false,
  "auth-type-id-token-enabled": true,
  "auth-type-none-enabled": false,
  "auth-type-password-enabled": false,
  "auth-type-client-enabled": false,
  "auth-type-device-enabled": false,
  "auth-type-refresh-enabled": true,
  "pkce-allowed": true,
  "pkce-required": true,
  "introspection-revocation-allowed": true,
  "introspection-revocation-allow-target-client": true,
  "name-claim": "mandatory",
  "email-claim": "mandatory",
  "name-claim-scope": [],
  "address-claim": { type: "no" },
  scope: [],
  "additional-parameters": [],
  claims: [
    {
      name: "groups",
      "user-property": "groups",
      type: "string",
      mandatory: true,
      "on-demand": false,
      scope: ["openid"],
    },
  ],
  "subject-type": "public",
  "allowed-scope": ["openid"],
});

async function hasStarted(child: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text.toString();
      if (said.includes("Glewlwyd started")) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", () => reject(new Error(`Glewlwyd did not start: ${said}`)));
    child.once("error", reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : 0;
}
