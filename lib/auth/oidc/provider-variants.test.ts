import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { exportJWK } from "jose";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processSingleton } from "@/lib/core/process-singleton";
import { MINUTE_MS } from "@/lib/core/time";
import { sessions as sessionRows } from "@/lib/db/schema";
import { CLIENT_SECRET } from "@/lib/testing/identity-provider";
import { manualClock } from "@/lib/testing/manual-clock";
import { type OidcConsole, startOidcConsole } from "@/lib/testing/oidc-console";
import { signInReason } from "../sign-in-reasons";

/** What the process would have written to its log. */
const logged: string[] = [];
processSingleton("logger", () =>
  pino({ level: "info" }, { write: (line: string) => void logged.push(line) }),
);
beforeEach(() => {
  logged.length = 0;
});

const clock = manualClock(Date.now());
const ana = { sub: "ana", email: "ana@example.com", email_verified: true, name: "Ana", groups: ["platform"] };

describe("client authentication", () => {
  const ALL = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"];
  const keys = [
    ["RSA", generateKeyPairSync("rsa", { modulusLength: 2048 })],
    ["P-256", generateKeyPairSync("ec", { namedCurve: "prime256v1" })],
    ["Ed25519", generateKeyPairSync("ed25519")],
  ] as const;
  const secretWays = ["client_secret_basic", "client_secret_post", "client_secret_jwt"].flatMap((method) =>
    [[method], ALL].map((offered) => ({ method, offered, kind: "secret", key: undefined })),
  );
  const keyWays = keys.map(([kind, key]) => ({ method: "private_key_jwt", offered: ALL, kind, key }));

  it.each([...secretWays, ...keyWays])(
    "is $method ($kind) where the provider says $offered: at sign-in, refresh and sign-out",
    async ({ method, offered, key }) => {
      const running = await startOidcConsole({
        clock,
        offlineAccess: true,
        methods: offered,
        client: {
          token_endpoint_auth_method: method,
          ...(key && {
            jwks: { keys: [{ ...(await exportJWK(key.publicKey)), kid: "console", use: "sig" }] },
          }),
        },
        settings: key && {
          GOLDSMITH_OIDC_CLIENT_SECRET: undefined,
          GOLDSMITH_SECRET: "s".repeat(40),
          GOLDSMITH_OIDC_CLIENT_KEY: key.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
          GOLDSMITH_OIDC_CLIENT_KEY_ID: "console",
        },
      });
      running.provider.person = ana;
      const browser = running.newBrowser();
      expect((await browser.signIn()).identity, logged.join("\n")).toBeDefined();
      running.provider.person = { ...ana, groups: ["guests"] };
      await running.database.orm
        .update(sessionRows)
        .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
      expect((await running.sessions.find(browser.headers()))?.groups).toEqual(["guests"]);
      await running.sessions.end(browser.headers());
      await expect
        .poll(
          () => running.provider.requests.filter((request) => request === "POST /token/revocation").length,
        )
        .toBeGreaterThan(0);
      await running.close();
    },
    60_000,
  );

  it.each([
    ["a wrong secret", { GOLDSMITH_OIDC_CLIENT_SECRET: "x".repeat(50) }],
    ["a way that it does not accept", { GOLDSMITH_OIDC_CLIENT_AUTH: "client_secret_jwt" }],
  ])("refuses %s in words: on the page and in the log", async (_, settings) => {
    const running = await startOidcConsole({
      clock,
      client: { token_endpoint_auth_method: "client_secret_post" },
    });
    const { refusal, identity } = await running.newBrowser(running.open(settings)).signIn();
    expect(identity).toBeUndefined();
    expect(refusal).toBe("invalid_client");
    expect(signInReason(refusal)).toContain("rejected the console's client credentials");
    const log = logged.join("");
    expect(log).toContain("invalid_client");
    expect(log).not.toContain("[object");
    for (const secret of [CLIENT_SECRET, ...Object.values(settings)].filter((text) => text.length > 40)) {
      expect(log).not.toContain(secret);
    }
    await running.close();
  });
});

describe("what a provider refuses", () => {
  let running: OidcConsole;
  beforeAll(async () => {
    running = await startOidcConsole({ clock });
  });
  afterAll(() => running.close());
  const refuse = async (error: string, description: string) => {
    const browser = running.newBrowser();
    const url = new URL(await browser.visitProvider("/prod"));
    url.searchParams.delete("code");
    url.searchParams.set("error", error);
    url.searchParams.set("error_description", description);
    return browser.comeBack(url.href);
  };

  it.each([
    ...["access_denied", "consent_required", "login_required", "interaction_required", "invalid_request"],
    ...["account_selection_required", "unauthorized_client", "invalid_scope", "unsupported_response_type"],
    ...["server_error", "temporarily_unavailable"],
  ])("is said in words of its own: %s", async (code) => {
    const { location, identity } = await refuse(code, "Because of the moon");
    expect(identity).toBeUndefined();
    const { searchParams } = new URL(location, "https://console.invalid");
    expect(searchParams.get("to")).toBe("/prod");
    expect(signInReason(searchParams.get("error"))).not.toBe(signInReason("any_other"));
    expect(logged.join("")).toContain(code);
    expect(logged.join("")).toContain("Because of the moon");
  });

  it("refuses to repeat what anybody may have written: the page has sentences of ours, the log bounded lines", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 2_000 }), async (text) => {
        logged.length = 0;
        const { location, identity } = await refuse(
          text.toWellFormed?.() ?? text,
          text.toWellFormed?.() ?? text,
        );
        expect(identity).toBeUndefined();
        const code = new URL(location, "https://console.invalid").searchParams.get("error");
        expect(signInReason(code)).toMatch(/^[\x20-\x7e]{1,300}$/);
        for (const line of logged) {
          expect(line.length).toBeLessThan(1_500);
          expect(JSON.parse(line)).not.toHaveProperty("details");
        }
      }),
      { numRuns: 25 },
    );
  });

  it("refuses to log for somebody who never began to sign in", async () => {
    const address = `https://images.example.com/api/auth/callback/oidc?error=loud&error_description=words&state=${"x".repeat(43)}`;
    for (let time = 0; time < 20; time += 1) await running.newBrowser().comeBack(address);
    expect(logged).toEqual([]);
  });
});

describe("a provider that changes while the console runs", () => {
  const changes: [string, { alg?: string; kid?: string; at?: string }][] = [
    ["another key", {}],
    ["another key under the same id", { kid: "provider-key" }],
    ["another kind of key", { alg: "ES256" }],
    ["another kind of key under the same id", { alg: "EdDSA", kid: "provider-key" }],
    ["another padding", { alg: "PS256" }],
    ["other addresses", { at: "/v2" }],
    ["other addresses and another kind of key", { at: "/v3", alg: "ES256" }],
  ];

  it.each(changes)("is followed without a restart: %s", async (_, change) => {
    const running = await startOidcConsole({ clock, offlineAccess: true });
    running.provider.person = ana;
    const before = running.newBrowser();
    expect((await before.signIn()).identity).toBeDefined();
    // Somebody is at the provider just then.
    const under = running.newBrowser();
    await running.provider.rotate(change);
    expect((await under.signIn()).identity, logged.join("\n")).toBeDefined();
    running.provider.person = { ...ana, groups: ["guests"] };
    await running.database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
    clock.advance(5_001);
    expect((await running.sessions.find(under.headers()))?.groups).toEqual(["guests"]);
    await running.close();
  });

  it.each(changes)("is followed by a console that only refreshes: %s", async (_, change) => {
    const running = await startOidcConsole({ clock, offlineAccess: true });
    running.provider.person = ana;
    const browser = running.newBrowser();
    await browser.signIn();
    await running.provider.rotate(change);
    running.provider.person = { ...ana, groups: ["guests"] };
    await running.database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
    clock.advance(5_001);
    await expect
      .poll(async () => {
        clock.advance(5_001);
        return (await running.sessions.find(browser.headers()))?.groups ?? logged;
      })
      .toEqual(["guests"]);
    await running.close();
  });
});

describe("clocks that are apart", () => {
  let running: OidcConsole;
  beforeAll(async () => {
    running = await startOidcConsole({ clock });
  });
  afterAll(() => running.close());
  const now = () => Math.floor(Date.now() / 1000);

  it.each([
    ["issued 20 s ahead", () => ({ iat: now() + 20 })],
    ["valid from 20 s ahead", () => ({ nbf: now() + 20 })],
    ["expired 20 s ago", () => ({ exp: now() - 20 })],
  ])("are no hindrance: %s", async (_, times) => {
    running.provider.forge = ({ claims, sign }) => sign({ ...claims, ...times() });
    expect((await running.newBrowser().signIn()).identity).toBeDefined();
  });

  it.each([
    ["valid from 60 s ahead", () => ({ nbf: now() + 60 })],
    ["expired 60 s ago", () => ({ exp: now() - 60 })],
  ])("lets nobody in when they are too far apart: %s", async (_, times) => {
    running.provider.forge = ({ claims, sign }) => sign({ ...claims, ...times() });
    expect((await running.newBrowser().signIn()).identity).toBeUndefined();
  });
});

describe("signing in as somebody else", () => {
  it.each([
    ["asks to choose where the provider knows that", ["none", "login", "select_account"], "select_account"],
    ["asks to sign in anew where it does not", ["none", "login"], "login"],
    ["asks to sign in anew where it does not say", undefined, "login"],
  ])("%s", async (_, words, prompt) => {
    const running = await startOidcConsole({ clock });
    running.provider.rewrite.set(
      "/.well-known/openid-configuration",
      ({ prompt_values_supported: _own, ...said }) =>
        words ? { ...said, prompt_values_supported: words } : said,
    );
    const { url } = await running.sessions.start("/", new Headers(), "other");
    expect(new URL(url).searchParams.get("prompt")).toBe(prompt);
    expect(new URL(url).searchParams.has("max_age")).toBe(false);
    await running.close();
  });
});
