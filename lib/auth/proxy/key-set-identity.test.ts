import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ProxySignIn, readSignIn } from "@/lib/config/sign-in-config";
import { changed, flipped, hmac, reheaded, unsecured } from "@/lib/testing/forged-tokens";
import { type KeyServer, startKeyServer } from "@/lib/testing/key-server";
import { manualClock } from "@/lib/testing/manual-clock";
import { openProxyIdentity, type ProxyAnswer } from "./proxy-identity";

const clock = manualClock();
const roles = JSON.stringify([{ group: "platform", role: "operator", target: "prod", names: "web-*" }]);
const place = { host: "0.0.0.0", port: 3000, isLoopback: false, isInsecure: false, targetIds: ["prod"] };
const inSeconds = (seconds: number) => Math.floor(clock.now() / 1000) + seconds;

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: KeyServer;
let ours: Keys;
let theirs: Keys;
let p256: Keys;
beforeAll(async () => {
  keys = await startKeyServer();
  [ours, theirs] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
  ]);
  p256 = await generateKeyPair("ES256", { extractable: true });
  const rsa = { ...(await exportJWK(ours.publicKey)), kid: "team-key", alg: "RS256", use: "sig" };
  const ec = { ...(await exportJWK(p256.publicKey)), kid: "ec-key", alg: "ES256", use: "sig" };
  keys.answers.set("/cdn-cgi/access/certs", JSON.stringify({ keys: [rsa, ec] }));
});
afterAll(() => keys.close());

function open(environment: Record<string, string>) {
  const mistakes: string[] = [];
  const signIn = readSignIn({ GOLDSMITH_ROLES: roles, ...environment }, place, mistakes);
  expect(mistakes).toEqual([]);
  return openProxyIdentity(signIn as ProxySignIn, clock);
}

const modes = [
  {
    name: "Cloudflare Access",
    header: "cf-access-jwt-assertion",
    environment: () => ({
      GOLDSMITH_PROXY: "cloudflare",
      GOLDSMITH_PROXY_ISSUER: keys.url,
      GOLDSMITH_PROXY_AUDIENCE: "app-tag",
    }),
  },
  {
    name: "any proxy with a JWT",
    header: "x-auth-token",
    environment: () => ({
      GOLDSMITH_PROXY: "jwt",
      GOLDSMITH_PROXY_HEADER: "X-Auth-Token",
      GOLDSMITH_PROXY_ISSUER: keys.url,
      GOLDSMITH_PROXY_AUDIENCE: "app-tag",
      GOLDSMITH_PROXY_KEYS: `${keys.url}/cdn-cgi/access/certs`,
      GOLDSMITH_PROXY_ALGORITHMS: "RS256",
    }),
  },
];

describe.each(modes)("a token of $name", ({ header, environment }) => {
  let identify: (headers: Headers) => Promise<ProxyAnswer>;
  beforeAll(() => {
    identify = open(environment());
  });
  const ask = (token: string, name = header) => identify(new Headers({ [name]: token }));

  const claims = (): JWTPayload => ({
    iss: keys.url,
    aud: ["app-tag"],
    sub: "7335d417",
    email: "ana@example.com",
    groups: ["platform"],
    iat: inSeconds(-10),
    exp: inSeconds(120),
  });
  const sign = (more: JWTPayload = {}, head: object = {}, key = ours.privateKey) =>
    new SignJWT({ ...claims(), ...more })
      .setProtectedHeader({ alg: "RS256", kid: "team-key", ...head })
      .sign(key, { crit: { "urn:unknown": true } });

  it("lets in whom it names, with the roles of their groups", async () => {
    expect(await ask(await sign())).toMatchObject({
      identity: {
        actor: {
          id: `${keys.url}#7335d417`,
          grants: [{ role: "operator", target: "prod", namePrefix: "web-" }],
        },
      },
    });
    expect(await ask(`Bearer ${await sign()}`)).toHaveProperty("identity");
  });

  it("calls a service by its name", async () => {
    const token = await sign({ email: undefined, sub: "", common_name: "ci.access" });
    expect(await ask(token)).toMatchObject({
      identity: { actor: { id: `${keys.url}#(service)ci.access`, label: "service ci.access" } },
    });
  });

  const publicKey = async () => JSON.stringify(await exportJWK(ours.publicKey));
  const attacks: [string, () => Promise<string>][] = [
    ["a mail address", async () => "ana@example.com"],
    [
      "no signature and the algorithm none",
      async () => unsecured({ alg: "none", kid: "team-key" }, claims()),
    ],
    ["the algorithm nOnE", async () => unsecured({ alg: "nOnE" }, claims())],
    ["no algorithm", async () => unsecured({ kid: "team-key" }, claims())],
    ["a secret: the public key", async () => hmac(claims(), await publicKey(), { kid: "team-key" })],
    ["a secret: empty", async () => hmac(claims(), "", { kid: "team-key" })],
    [
      "an algorithm that is not allowed, well signed",
      () => sign({}, { alg: "ES256", kid: "ec-key" }, p256.privateKey),
    ],
    ["another key under the known id", () => sign({}, {}, theirs.privateKey)],
    ["another key under no id", () => sign({}, { kid: undefined }, theirs.privateKey)],
    ["an id nobody knows", () => sign({}, { kid: "made-up" }, theirs.privateKey)],
    ["an id that is a path", () => sign({}, { kid: "../../../dev/null" }, theirs.privateKey)],
    ["its own key", async () => sign({}, { jwk: await exportJWK(theirs.publicKey) }, theirs.privateKey)],
    ["its own key set", () => sign({}, { jku: "https://evil.test/jwks" }, theirs.privateKey)],
    ["its own certificate", () => sign({}, { x5c: ["MIIB"] }, theirs.privateKey)],
    ["another application's audience", () => sign({ aud: ["other-app"] })],
    ["no audience", () => sign({ aud: undefined })],
    ["an audience in other letters", () => sign({ aud: "APP-TAG" })],
    ["an audience within a longer one", () => sign({ aud: "app-tag-2" })],
    ["another team's issuer", () => sign({ iss: "https://other.cloudflareaccess.com" })],
    ["no issuer", () => sign({ iss: undefined })],
    ["an issuer with a path", () => sign({ iss: `${keys.url}/evil` })],
    ["an end a minute ago", () => sign({ exp: inSeconds(-60) })],
    ["an end of zero", () => sign({ exp: 0 })],
    ["no end", () => sign({ exp: undefined })],
    ["a beginning in an hour", () => sign({ nbf: inSeconds(3600) })],
    ["a changed claim", async () => changed(await sign(), { email: "boss@example.com" })],
    ["a changed header", async () => reheaded(await sign(), { kid: "ec-key" })],
    ["an algorithm changed after signing", async () => reheaded(await sign(), { alg: "PS256" })],
    ["a changed signature", async () => flipped(await sign())],
    ["no signature", async () => `${(await sign()).split(".").slice(0, 2).join(".")}.`],
    ["a critical extension nobody knows", () => sign({}, { crit: ["urn:unknown"], "urn:unknown": true })],
    ["two tokens", async () => `${await sign()}, ${await sign()}`],
    ["a token in quotes", async () => `"${await sign()}"`],
    ["encrypted, not signed", async () => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA"],
    ["nobody", () => sign({ sub: "", email: undefined })],
    ["a subject that is an object", () => sign({ sub: { name: "ana" } as unknown as string })],
  ];

  it.each(attacks)("lets nobody in: %s", async (_, forge) => {
    const token = await forge().catch(() => "could.not.sign");
    expect(token).not.toBe("could.not.sign");
    expect(await ask(token)).not.toHaveProperty("identity");
  });

  it.each([
    "cf-access-authenticated-user-email",
    "x-forwarded-user",
    "x-forwarded-email",
    "x-user",
    "x-webauth-user",
    "remote-user",
  ])("lets nobody in by the header %s alone", async (name) => {
    expect(await ask("ana@example.com", name)).toEqual({ refusal: "no_token" });
    expect(await ask(await sign(), name)).toEqual({ refusal: "no_token" });
  });
});

describe("a name that a provider gives", () => {
  const nameOf = async (claims: JWTPayload) => {
    const identify = open(modes[0]?.environment() ?? {});
    const token = await new SignJWT({
      iss: keys.url,
      aud: "app-tag",
      exp: inSeconds(60),
      sub: "x",
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256", kid: "team-key" })
      .sign(ours.privateKey);
    const answer = await identify(new Headers({ "cf-access-jwt-assertion": token }));
    return "identity" in answer ? answer.identity.actor : undefined;
  };

  it.each([
    ["the console's own name", { sub: "local-administrator" }, "local-administrator"],
    ["the console's own name as user name", { preferred_username: "Goldsmith" }, "user name Goldsmith"],
    ["a line break", { email: "ana@example.com\nroot" }, "ana@example.com root"],
    ["text that turns around", { preferred_username: "ana\u202eroot" }, "user name ana root"],
    ["a terminal's escape", { preferred_username: "ana\u001b[31m" }, "user name ana [31m"],
    ["300 letters", { preferred_username: "a".repeat(300) }, `user name ${"a".repeat(200)}`],
  ])("cannot pass for another: %s", async (_, claims, label) => {
    const actor = await nameOf(claims);
    expect(actor?.label).toBe(label);
    expect(actor?.id).toBe(`${keys.url}#${"sub" in claims ? claims.sub : "x"}`);
  });

  it("takes a program's name where the proxy lets programs in, apart from every person", async () => {
    const actor = await nameOf({ sub: "", common_name: "x" });
    expect(actor).toMatchObject({ id: `${keys.url}#(service)x`, label: "service x" });
  });

  it.each([
    ["a list of groups that is an object", { groups: { 0: "platform" } }],
    ["groups in objects", { groups: [{ name: "platform" }] }],
    ["a group that begins alike", { groups: ["platform-2"] }],
    ["a group in other letters", { groups: ["Platform"] }],
    ["groups in one text", { groups: "other,platform" }],
    ["the star", { groups: ["*"] }],
    ["groups under an inherited name", { __proto__: { groups: ["platform"] } }],
  ])("gives no role by %s", async (_, claims) => {
    expect((await nameOf(claims as JWTPayload))?.grants).toEqual([]);
  });
});
