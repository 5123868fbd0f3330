import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { ROLES, type Role } from "@/lib/core/actor";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { apiUrls } from "@/lib/core/urls";
import { type AccessPoint, listAddresses, listServerActions } from "@/lib/testing/access-points";
import { type KeyServer, startKeyServer } from "@/lib/testing/key-server";
import { consolePort, poolTargets, serverEnvironment, simulatorPort } from "./support/server";
import { type ServerProcess, START_MS, startServer } from "./support/server-process";

/**
 * Everything that a request can reach, found in the sources and in the build, asked by nobody, by somebody without
 * a role and by each role: the table of permissions decides, and what it refuses is on record.
 */
const origin = `http://127.0.0.1:${consolePort + 2}`;
/** An account with nothing in it: who may do what is the same, and each of some hundred answers is soon there. */
const TARGETS = poolTargets.slice(0, 1);
const TARGET = poolTargets[0]?.id ?? "";
const AUDIENCE = "goldsmith-e2e";
const WHO = ["nobody", "stranger", ...ROLES] as const;
type Who = (typeof WHO)[number];

/** Reached without a use case; whoever adds one says here why. */
const WITHOUT_USE_CASE: Record<string, "anybody" | "signed-in"> = {
  "app/api/health/route.ts": "anybody",
  "app/api/ready/route.ts": "anybody",
  "app/api/metrics/route.ts": "anybody",
  "app/api/auth/sign-in/route.ts": "anybody",
  "app/api/auth/callback/oidc/route.ts": "anybody",
  // Answers POST: a provider signs who has signed out elsewhere.
  "app/api/auth/backchannel-logout/route.ts": "anybody",
  // Answers to a token alone, which lib/api/api-access.test.ts tries for each operation; nobody here has one.
  "app/api/v1/[...path]/route.ts": "anybody",
  "app/sign-in/page.tsx": "anybody",
  "app/page.tsx": "signed-in",
  "app/account/page.tsx": "signed-in",
};

let keys: KeyServer;
let server: ServerProcess;
let tokens: Record<Exclude<Who, "nobody">, string>;

// One console for all of them, one after another.
test.describe.configure({ mode: "default" });
test.beforeAll(async () => {
  test.setTimeout(START_MS + 10_000);
  keys = await startKeyServer();
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  keys.answers.set(
    "/jwks",
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }] }),
  );
  const sign = (who: string) =>
    new SignJWT({ sub: who, email: `${who}@example.com`, groups: [who] })
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .setIssuer(keys.url)
      .setAudience(AUDIENCE)
      .setExpirationTime("10m")
      .sign(privateKey);
  tokens = {
    stranger: await sign("stranger"),
    viewer: await sign("viewer"),
    operator: await sign("operator"),
    author: await sign("author"),
    admin: await sign("admin"),
  };
  server = await startServer({
    ...serverEnvironment({
      port: consolePort + 2,
      simulatorPort: simulatorPort + 2,
      data: mkdtempSync(join(tmpdir(), "goldsmith-roles-")),
      targets: TARGETS,
    }),
    GOLDSMITH_PROXY: "jwt",
    GOLDSMITH_PROXY_HEADER: "x-e2e-token",
    GOLDSMITH_PROXY_ISSUER: keys.url,
    GOLDSMITH_PROXY_AUDIENCE: AUDIENCE,
    GOLDSMITH_PROXY_KEYS: `${keys.url}/jwks`,
    GOLDSMITH_ROLES: JSON.stringify(ROLES.map((role) => ({ group: role, role }))),
  });
});
test.afterAll(async () => {
  await server?.kill("SIGTERM");
  await keys?.close();
});

const headersOf = (who: Who): Record<string, string> =>
  who === "nobody" ? {} : { "x-e2e-token": tokens[who] };
const isRole = (who: Who): who is Role => (ROLES as readonly string[]).includes(who);
const mayUse = (who: Who, { permission }: AccessPoint) =>
  permission !== undefined &&
  isRole(who) &&
  ROLES.indexOf(who) >= ROLES.indexOf(PERMISSIONS[permission].role);

/** The address of a page's or route's file; what it names does not exist. */
const addressOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/(page\.tsx|route\.ts)$/, "")
    .replace("[target]", TARGET)
    .replace("[version]", "1.0.0")
    .replace("[build]", "1")
    .replace("[kind]", "component")
    .replaceAll(/\[\w+\]/g, "none") || "/";

/** A GET that does not wait for the end of a stream; with the answer that is held already, a poll. */
async function get(who: Who, address: string, held?: string) {
  const headers = { ...headersOf(who), ...(held && { "if-none-match": held }) };
  const response = await fetch(`${origin}${address}`, { headers, redirect: "manual" });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  return { status: response.status, location: response.headers.get("location") ?? "", text };
}

const codeIn = (text: string) => /"code":"([\w-]+)"/.exec(text)?.[1];

/** The actions that `who` was refused, as the audit has them. */
async function refusedActions(who: Who): Promise<Set<string>> {
  const found = new Set<string>();
  let before: number | undefined;
  do {
    const query = new URLSearchParams({ who: `${who}@example.com`, result: "refused" });
    if (before !== undefined) query.set("before", String(before));
    const { text } = await get("admin", apiUrls.audit(TARGET, query));
    const page = JSON.parse(text) as { rows: { action: string }[]; older?: number };
    for (const { action } of page.rows) found.add(action);
    before = page.older;
  } while (before !== undefined);
  return found;
}

for (const who of WHO) {
  test(`${who} reaches exactly the addresses that the table of permissions gives`, async () => {
    const refused = new Set<string>();
    for (const point of listAddresses()) {
      const { name, kind, permission } = point;
      const { status, location, text } = await get(who, addressOf(name));
      const what = `${who} at ${addressOf(name)}: ${status} ${location} ${text.slice(0, 200)}`;
      const isInTarget = name.startsWith("app/[target]/");
      if (kind === "route" && permission !== undefined) {
        // A poll is answered by another door than the first question.
        const poll = await get(who, addressOf(name), '"another"');
        expect.soft([poll.status, codeIn(poll.text)], `${what}, polled`).toEqual([status, codeIn(text)]);
      }
      if (permission === undefined && !(kind === "page" && isInTarget)) {
        expect.soft(WITHOUT_USE_CASE, `${name} has no use case with a rule`).toHaveProperty([name]);
        const leadsToSignIn = location.startsWith("/sign-in?to=");
        expect.soft(leadsToSignIn, what).toBe(WITHOUT_USE_CASE[name] === "signed-in" && who === "nobody");
      } else if (kind === "page") {
        // A page opens for whoever may see the target; each of its panels asks for itself.
        if (who === "nobody")
          expect.soft(location, what).toMatch(new RegExp(`^/sign-in\\?to=%2F(${TARGET}|${ALL_ACCOUNTS})`));
        else if (who === "stranger") expect.soft(location, what).toMatch(/^\/account\?for=/);
        else if (location.startsWith(`/${TARGET}/`)) {
          // It only leads on to a page that is visited here too.
          expect.soft(status, what).toBe(307);
        } else if (status === 307) {
          // The whole page is for those who may do more.
          expect.soft(location, what).toMatch(/^\/account\?for=/);
          expect.soft(who, what).not.toBe("admin");
        } else expect.soft([200, 404], what).toContain(status);
      } else if (mayUse(who, point)) {
        expect.soft([401, 403], what).not.toContain(status);
        expect.soft(status, what).toBeLessThan(500);
      } else if (permission !== undefined) {
        expect.soft(status, what).toBe(who === "nobody" ? 401 : 403);
        expect.soft(text, what).toContain(who === "nobody" ? '"signed-out"' : '"forbidden"');
        if (who !== "nobody") refused.add(permission);
      }
    }
    const onRecord = await refusedActions(who);
    expect.soft([...refused].filter((action) => !onRecord.has(action))).toEqual([]);
  });

  test(`${who} may call exactly the server actions that the table of permissions gives`, async () => {
    const refused = new Set<string>();
    for (const action of builtActions()) {
      let error: Awaited<ReturnType<typeof call>>;
      // There are more actions than one person may call in a row.
      const asked = expect.poll(async () => {
        error = await call(who, action);
        return error?.code;
      });
      await asked.not.toBe("too-many-requests");
      const what = `${who} calls ${action.name}: ${JSON.stringify(error)}`;
      if (who === "nobody") expect.soft(error?.code, what).toBe("signed-out");
      else if (action.permission === undefined || mayUse(who, action)) {
        expect.soft(["signed-out", "forbidden", "unexpected"], what).not.toContain(error?.code);
      } else {
        expect.soft(error?.code, what).toBe("forbidden");
        refused.add(action.permission);
      }
    }
    const onRecord = await refusedActions(who);
    expect.soft([...refused].filter((action) => !onRecord.has(action))).toEqual([]);
  });
}

test("every server action that the build serves is one that the sources have a rule for", () => {
  const known = listServerActions().map(({ name }) => name);
  const built = Object.values(manifest().node).map(({ exportedName }) => exportedName);
  expect(built.filter((name) => !known.includes(name))).toEqual([]);
  expect(builtActions().length).toBeGreaterThan(5);
});

type Manifest = { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> };
const manifest = () =>
  JSON.parse(
    readFileSync(join(process.cwd(), ".next/server/server-reference-manifest.json"), "utf8"),
  ) as Manifest;

/** The actions of the build, with an id that a browser would send and a page that serves it. */
function builtActions() {
  const rules = new Map(listServerActions().map((action) => [action.name, action]));
  return Object.entries(manifest().node).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    permission: rules.get(exportedName)?.permission,
    address: addressOf(`${Object.keys(workers)[0]}.tsx`),
  }));
}

/** Something for every action; none of it exists. */
const REQUEST = {
  target: TARGET,
  name: "none",
  kind: "component",
  arn: "arn:aws:imagebuilder:us-east-1:111111111111:component/none/1.0.0/1",
  key: { name: "none", version: "1.0.0", build: "1" },
  build: { name: "none", version: "1.0.0", build: "1" },
  input: { name: "none" },
  subject: { name: "none" },
  status: "ENABLED",
  tags: {},
};

/** What a browser sends for a server action, and the error in the answer. */
async function call(who: Who, { id, address }: { id: string; address: string }) {
  const response = await fetch(`${origin}${address}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...headersOf(who),
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      origin,
      "sec-fetch-site": "same-origin",
    },
    body: JSON.stringify([REQUEST]),
  });
  const text = await response.text();
  const [, result] = /^\w+:(\{"ok":.*\})$/m.exec(text) ?? [];
  if (!result) throw new Error(`${response.status}: ${text.slice(0, 500)}`);
  return (JSON.parse(result) as { error?: { code: string; message: string } }).error;
}
