import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/database";
import { sessions as sessionRows } from "@/lib/db/schema";
import { changed, flipped, hmac, unsecured } from "@/lib/testing/forged-tokens";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type Forgery,
  type IdentityProvider,
} from "@/lib/testing/identity-provider";
import { CONSOLE_URL, type OidcConsole, startOidcConsole } from "@/lib/testing/oidc-console";
import type { OidcSessions } from "./oidc-sessions";

let running: OidcConsole;
let provider: IdentityProvider;
let database: Database;
let sessions: OidcSessions;
beforeAll(async () => {
  running = await startOidcConsole();
  ({ provider, database, sessions } = running);
});
afterAll(() => running.close());
beforeEach(() => {
  provider.person = {
    sub: "ana",
    email: "ana@example.com",
    email_verified: true,
    name: "Ana",
    groups: ["platform"],
  };
  provider.forge = undefined;
});

const withPerson = (more: Record<string, unknown>) => {
  provider.person = { ...provider.person, sub: "ana", ...more };
};
const countSessions = async () => (await database.orm.select().from(sessionRows)).length;

describe("signing in at a provider", () => {
  it("makes a person with the roles of their groups out of the provider's claims", async () => {
    const browser = running.newBrowser();
    const { location, identity } = await browser.signIn("/prod/pipelines?q=web");
    expect(location).toBe("/prod/pipelines?q=web");
    expect(identity).toMatchObject({
      actor: {
        id: `${provider.issuer}#ana`,
        label: "ana@example.com",
        name: "Ana",
        kind: "user",
        grants: [{ role: "admin", target: "*" }],
      },
      groups: ["platform"],
      rules: [{ group: "platform", role: "admin", target: "*" }],
    });
    expect(await sessions.find(browser.headers())).toEqual(identity);
  });

  it("asks for a code with S256, a nonce and a state, and never for a token in the address", async () => {
    const { url } = await sessions.start("/", new Headers());
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      response_type: "code",
      client_id: CLIENT_ID,
      redirect_uri: `${CONSOLE_URL}/api/auth/callback/oidc`,
      scope: "openid profile email",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(url).not.toContain(CLIENT_SECRET);
  });

  it("gives cookies that scripts, other sites and other hosts cannot touch", async () => {
    const { cookies } = await sessions.start("/", new Headers());
    const browser = running.newBrowser();
    const { response } = await browser.signIn();
    const all = [
      ...cookies,
      ...response.headers.getSetCookie().filter((cookie) => !/max-age=0/i.test(cookie)),
    ];
    expect(all.length).toBeGreaterThanOrEqual(2);
    for (const cookie of all) {
      expect(cookie).toMatch(/^__Host-goldsmith\./);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).toMatch(/; Path=\/(;|$)/i);
      expect(cookie).not.toMatch(/; Domain=/i);
    }
  });

  it("keeps access and refresh tokens encrypted, and no secret of ours at all", async () => {
    await running.newBrowser().signIn();
    const rows = await database.orm.select().from(sessionRows);
    // A compact JWE with a key of ours: header, no encrypted key, nonce, text, tag.
    for (const { accessToken, idToken } of rows) {
      for (const sealed of [accessToken, idToken])
        expect(sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    }
    expect(JSON.stringify(rows)).not.toContain(CLIENT_SECRET);
  });

  it("lets somebody in whose groups give no role, with nothing that they may do", async () => {
    withPerson({ groups: ["strangers"] });
    const { identity } = await running.newBrowser().signIn();
    expect(identity).toMatchObject({ groups: ["strangers"], rules: [], actor: { grants: [] } });
  });

  it("knows people by issuer and subject: an address that moved on takes no session with it", async () => {
    const before = await running.newBrowser().signIn();
    provider.person = { sub: "ana-the-second", email: "ana@example.com", email_verified: true, groups: [] };
    const after = await running.newBrowser().signIn();
    expect(after.identity?.session?.personId).not.toBe(before.identity?.session?.personId);
    expect(after.identity?.actor.grants).toEqual([]);
  });

  it("says that somebody canceled", async () => {
    provider.person = undefined;
    const { location, identity } = await running.newBrowser().signIn("/prod");
    expect(identity).toBeUndefined();
    expect(location).toMatch(/^\/sign-in\?to=%2Fprod&error=access_denied/);
  });
});

describe("who may come in", () => {
  const strict = () =>
    running.newBrowser(running.open({ GOLDSMITH_ALLOWED_DOMAINS: "example.com, example.org" }));

  it.each([
    ["another domain", { email: "eve@evil.test" }, "domain_not_allowed"],
    ["a domain that ends alike", { email: "eve@notexample.com" }, "domain_not_allowed"],
    ["a domain below", { email: "eve@sub.example.com" }, "domain_not_allowed"],
    ["two at signs", { email: "eve@evil.test@example.com" }, "domain_not_allowed"],
    ["a line break before the domain", { email: "eve@evil.test\n@example.com" }, "domain_not_allowed"],
    ["no address", { email: undefined }, "domain_not_allowed"],
    ["an address that is a list", { email: ["eve@example.com"] }, "domain_not_allowed"],
    ["an address not verified", { email_verified: false }, "email_not_verified"],
    ["an address not verified, said in words", { email_verified: "false" }, "email_not_verified"],
  ])("refuses %s", async (_, claims, reason) => {
    withPerson({ sub: `refused-${reason}`, ...claims });
    const browser = strict();
    const before = await countSessions();
    const { identity, refusal } = await browser.signIn();
    expect(identity).toBeUndefined();
    expect(refusal).toBe(reason);
    expect(await countSessions()).toBe(before);
    expect(await sessions.find(browser.headers())).toBeUndefined();
  });

  it("takes an allowed domain in any case", async () => {
    withPerson({ email: "Ana@Example.COM", email_verified: true });
    const { identity } = await strict().signIn();
    expect(identity?.actor.label).toBe("ana@example.com");
  });
});

describe("an ID token that is not what it should be", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const otherKey = async (claims: Record<string, unknown>, header: JWTHeaderParameters) =>
    new SignJWT(claims).setProtectedHeader(header).sign((await generateKeyPair("RS256")).privateKey);
  const publicKeyText = async () => (await (await fetch(`${provider.issuer}/jwks`)).text()).slice(0, 200);

  const forgeries: [string, (real: Forgery) => Promise<string | undefined>][] = [
    ["none at all", async () => undefined],
    ["an empty one", async () => ""],
    ["no token but text", async () => "let me in"],
    ["for another audience", ({ claims, sign }) => sign({ ...claims, aud: "another-client" })],
    ["for no audience", ({ claims, sign }) => sign({ ...claims, aud: undefined })],
    ["for an audience that ends alike", ({ claims, sign }) => sign({ ...claims, aud: `x${CLIENT_ID}` })],
    ["for an empty list of audiences", ({ claims, sign }) => sign({ ...claims, aud: [] })],
    [
      "for two audiences without saying which",
      ({ claims, sign }) => sign({ ...claims, aud: [CLIENT_ID, "b"] }),
    ],
    ["authorized to another party", ({ claims, sign }) => sign({ ...claims, azp: "another-client" })],
    ["of another issuer", ({ claims, sign }) => sign({ ...claims, iss: "https://evil.test" })],
    [
      "of an issuer that begins alike",
      ({ claims, sign }) => sign({ ...claims, iss: `${provider.issuer}.evil.test` }),
    ],
    ["of an issuer with a slash more", ({ claims, sign }) => sign({ ...claims, iss: `${provider.issuer}/` })],
    ["of no issuer", ({ claims, sign }) => sign({ ...claims, iss: undefined })],
    ["expired an hour ago", ({ claims, sign }) => sign({ ...claims, exp: now() - 3600 })],
    ["expired a minute ago", ({ claims, sign }) => sign({ ...claims, exp: now() - 60 })],
    ["that never expires", ({ claims, sign }) => sign({ ...claims, exp: undefined })],
    ["whose end is text", ({ claims, sign }) => sign({ ...claims, exp: "later" })],
    ["not valid before tomorrow", ({ claims, sign }) => sign({ ...claims, nbf: now() + 86_400 })],
    ["without the time of its issue", ({ claims, sign }) => sign({ ...claims, iat: undefined })],
    ["with the nonce of another sign-in", ({ claims, sign }) => sign({ ...claims, nonce: "another" })],
    ["without a nonce", ({ claims, sign }) => sign({ ...claims, nonce: undefined })],
    ["with a list of nonces", ({ claims, sign }) => sign({ ...claims, nonce: [claims.nonce] })],
    ["about nobody", ({ claims, sign }) => sign({ ...claims, sub: undefined })],
    ["about an empty subject", ({ claims, sign }) => sign({ ...claims, sub: "" })],
    ["about somebody else than the user info", ({ claims, sign }) => sign({ ...claims, sub: "root" })],
    ["signed with another key", ({ claims }) => otherKey(claims, { alg: "RS256", kid: "provider-key" })],
    ["signed with a key of no id", ({ claims }) => otherKey(claims, { alg: "RS256" })],
    ["signed with a key of an unknown id", ({ claims }) => otherKey(claims, { alg: "RS256", kid: "other" })],
    [
      "naming where to find its key",
      async ({ claims }) => {
        const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
        const header = { alg: "RS256", jwk: await exportJWK(publicKey), jku: "https://evil.test/jwks" };
        return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
      },
    ],
    ["with the algorithm none", async ({ claims }) => unsecured({ alg: "none" }, claims)],
    ["with the algorithm None", async ({ claims }) => unsecured({ alg: "None" }, claims)],
    [
      "with the algorithm NONE and a key id",
      async ({ claims }) => unsecured({ alg: "NONE", kid: "provider-key" }, claims),
    ],
    ["without an algorithm", async ({ claims }) => unsecured({ kid: "provider-key" }, claims)],
    ["with a secret: the client's", ({ claims }) => hmac(claims, CLIENT_SECRET)],
    ["with a secret: the public key", async ({ claims }) => hmac(claims, await publicKeyText())],
    ["with a secret: nothing much", ({ claims }) => hmac(claims, "0".repeat(32))],
    [
      "with a claim changed after signing",
      async ({ token }) => changed(token, { groups: ["platform", "root"] }),
    ],
    ["with its signature cut off", async ({ token }) => token.split(".").slice(0, 2).join(".")],
    ["with an empty signature", async ({ token }) => `${token.split(".").slice(0, 2).join(".")}.`],
    ["with a signature changed by one bit", async ({ token }) => flipped(token)],
    ["with a fourth part", async ({ token }) => `${token}.more`],
    [
      "with a critical extension nobody knows",
      ({ claims, sign }) => sign(claims, { crit: ["urn:unknown"], "urn:unknown": true }),
    ],
  ];

  it.each(forgeries)("lets nobody in: %s", async (_, forge) => {
    provider.forge = forge;
    const browser = running.newBrowser();
    const before = await countSessions();
    const { identity, location, response } = await browser.signIn();
    expect(identity).toBeUndefined();
    expect(location).toMatch(/[?&]error=/);
    expect(response.headers.getSetCookie().join()).not.toContain("session_token=");
    expect(await countSessions()).toBe(before);
  });

  it("lets in with the same forging and nothing changed, so that it is the change that was refused", async () => {
    provider.forge = ({ claims, sign }) => sign(claims);
    expect((await running.newBrowser().signIn()).identity).toBeDefined();
  });

  it("allows clocks 20 seconds apart", async () => {
    provider.forge = ({ claims, sign }) => sign({ ...claims, iat: now() + 20, nbf: now() });
    expect((await running.newBrowser().signIn()).identity).toBeDefined();
  });
});
