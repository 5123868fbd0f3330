import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLIENT_ID, CLIENT_SECRET } from "./identity-provider";

const BINARY = "/usr/sbin/apache2";
const MODULES = "/usr/lib/apache2/modules";

/** True where Apache with mod_auth_openidc cannot run. */
export const needsApache = ![BINARY, `${MODULES}/mod_auth_openidc.so`].every((path) => existsSync(path));

export type Apache = { stop(): Promise<void> };

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : 0;
}

/** Apache in front of `upstream`, as docs/sign-in.md says: it signs people in and passes on their ID token. */
export async function startApache({
  port,
  issuer,
  upstream,
}: {
  port: number;
  issuer: string;
  upstream: string;
}): Promise<Apache> {
  const folder = mkdtempSync(join(tmpdir(), "goldsmith-apache-"));
  mkdirSync(join(folder, "cache"));
  const modules = [
    "mpm_event",
    "authn_core",
    "authz_core",
    "authz_user",
    "proxy",
    "proxy_http",
    "auth_openidc",
  ];
  const isRoot = process.getuid?.() === 0;
  const config = [
    `ServerRoot ${folder}`,
    `ServerName 127.0.0.1`,
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/apache.pid`,
    'ErrorLog "|/bin/cat"',
    `DefaultRuntimeDir ${folder}`,
    `Mutex file:${folder}`,
    ...(isRoot ? ["User www-data", "Group www-data"] : []),
    ...modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
    `OIDCClientID ${CLIENT_ID}`,
    `OIDCClientSecret ${CLIENT_SECRET}`,
    `OIDCRedirectURI http://127.0.0.1:${port}/oidc-callback`,
    "OIDCCryptoPassphrase a-passphrase-of-the-tests",
    'OIDCScope "openid profile email"',
    "OIDCPKCEMethod S256",
    "OIDCPassIDTokenAs serialized",
    "OIDCSSLValidateServer Off",
    "<Location />",
    "  AuthType openid-connect",
    "  Require valid-user",
    `  ProxyPass ${upstream}/`,
    "</Location>",
    "ProxyPreserveHost On",
  ];
  writeFileSync(join(folder, "apache.conf"), `${config.join("\n")}\n`);
  if (isRoot) execFileSync("chown", ["-R", "www-data", folder]);
  const child = spawn(BINARY, ["-f", join(folder, "apache.conf"), "-DFOREGROUND"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    const hear = (text: Buffer) => {
      said += text.toString();
      if (said.includes("resuming normal operations")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`Apache did not start: ${said}`)));
    child.once("error", reject);
  });
  return {
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
