import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ProxySignIn, readSignIn } from "@/lib/config/sign-in-config";
import { CLIENT_ADDRESS_HEADER } from "@/lib/core/request-facts";
import { HOUR_MS } from "@/lib/core/time";
import { changed, flipped, hmac, reheaded, unsecured } from "@/lib/testing/forged-tokens";
import { type KeyServer, startKeyServer } from "@/lib/testing/key-server";
import { manualClock } from "@/lib/testing/manual-clock";
import { openProxyIdentity, type ProxyAnswer } from "./proxy-identity";

const signer =
  "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/console/50dc6c495c0c9188";
const issuer = "https://id.example.com";
const kid = "5bb9c1ab-8a2c-4c0a-bd5a-4f1a4d7f7a11";
const header = "x-amzn-oidc-data";
const clock = manualClock();
const p256 = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const pemOf = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
const ours = p256();
const theirs = p256();

let keys: KeyServer;
let identify: (headers: Headers) => Promise<ProxyAnswer>;
beforeAll(async () => {
  keys = await startKeyServer();
});
afterAll(() => keys.close());
beforeEach(() => {
  keys.requests.length = 0;
  keys.answers.clear();
  keys.answers.set(`/${kid}`, pemOf(ours.publicKey));
  identify = openProxyIdentity(settings(), clock);
});

function settings(): ProxySignIn {
  const mistakes: string[] = [];
  const environment = {
    GOLDSMITH_PROXY: "alb",
    GOLDSMITH_PROXY_SIGNER: signer,
    GOLDSMITH_PROXY_ISSUER: issuer,
    GOLDSMITH_PROXY_AUDIENCE: "console-client",
    GOLDSMITH_PROXY_KEYS: keys.url,
    GOLDSMITH_GROUPS_CLAIM: "custom:groups",
    GOLDSMITH_ROLES: JSON.stringify([{ group: "platform", role: "admin" }]),
    GOLDSMITH_ALLOWED_DOMAINS: "example.com",
  };
  const place = { host: "0.0.0.0", port: 3000, isLoopback: false, isInsecure: false, targetIds: [] };
  const signIn = readSignIn(environment, place, mistakes);
  expect(mistakes).toEqual([]);
  return signIn as ProxySignIn;
}

type Parts = Record<string, unknown>;
const inSeconds = (seconds: number) => Math.floor(clock.now() / 1000) + seconds;
const headerPart = (): Parts => ({
  typ: "JWT",
  kid,
  alg: "ES256",
  iss: issuer,
  client: "console-client",
  signer,
  exp: inSeconds(120),
});
const claimsPart = (): Parts => ({
  sub: "ana",
  email: "ana@example.com",
  email_verified: "true",
  name: "Ana",
  "custom:groups": ["platform"],
  exp: inSeconds(120),
  iss: issuer,
});

/** As the load balancer writes: base64url, and padded. */
const padded = (bytes: Buffer | string) =>
  Buffer.from(bytes).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
const bare = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64url");

function albToken(
  { head = {}, body = {} }: { head?: Parts; body?: Parts } = {},
  {
    key = ours.privateKey,
    encode = padded,
    hash = "sha256",
    dsaEncoding = "ieee-p1363" as "ieee-p1363" | "der",
  } = {},
): string {
  const signed = `${encode(JSON.stringify({ ...headerPart(), ...head }))}.${encode(JSON.stringify({ ...claimsPart(), ...body }))}`;
  return `${signed}.${encode(sign(hash, Buffer.from(signed), { key, dsaEncoding }))}`;
}

const ask = (token: string, name = header) => identify(new Headers({ [name]: token }));

describe("a load balancer's token", () => {
  it("lets in whom it names, with the roles of their groups", async () => {
    const token = albToken();
    expect(token).toContain("=");
    expect(await ask(token)).toMatchObject({
      identity: {
        actor: {
          id: `${issuer}#ana`,
          label: "ana@example.com",
          name: "Ana",
          grants: [{ role: "admin", target: "*" }],
        },
        groups: ["platform"],
      },
    });
  });

  it("lets in with or without padding, at any length of its segments", async () => {
    for (const encode of [padded, bare]) {
      for (const name of ["A", "An", "Ana", "Anna"]) {
        expect(await ask(albToken({ body: { name } }, { encode }))).toHaveProperty("identity");
      }
    }
  });

  it("reads a key once, whoever comes", async () => {
    keys.requests.length = 0;
    await Promise.all(Array.from({ length: 20 }, () => ask(albToken())));
    expect(keys.requests).toEqual([`/${kid}`]);
  });

  it("allows clocks 20 seconds apart", async () => {
    expect(
      await ask(albToken({ head: { exp: inSeconds(-20) }, body: { exp: inSeconds(-20) } })),
    ).toHaveProperty("identity");
  });

  const arnOf = (region: string, account: string, name: string) =>
    `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}`;
  const attacks: [string, () => string | Promise<string>][] = [
    ["text", () => "ana@example.com"],
    ["JSON that is not signed", () => JSON.stringify(claimsPart())],
    ["claims in base64 alone", () => padded(JSON.stringify(claimsPart()))],
    ["the algorithm none", () => unsecured({ ...headerPart(), alg: "none" }, claimsPart())],
    ["the algorithm None", () => unsecured({ ...headerPart(), alg: "None" }, claimsPart())],
    ["no algorithm", () => unsecured({ ...headerPart(), alg: undefined }, claimsPart())],
    ["a list of algorithms", () => albToken({ head: { alg: ["ES256"] } })],
    ["ES256 in small letters", () => albToken({ head: { alg: "es256" } })],
    [
      "the algorithm HS256 with the public key as secret",
      () => hmac(claimsPart(), pemOf(ours.publicKey), { ...headerPart(), alg: "HS256" }),
    ],
    ["ES256 announced and HS256 done", () => hmac(claimsPart(), pemOf(ours.publicKey), headerPart())],
    ["the algorithm RS256", () => albToken({ head: { alg: "RS256" } })],
    ["the algorithm ES384", () => albToken({ head: { alg: "ES384" } }, { hash: "sha384" })],
    ["a signature over another hash", () => albToken({}, { hash: "sha512" })],
    ["a signature in DER", () => albToken({}, { dsaEncoding: "der" })],
    ["another key under the known id", () => albToken({}, { key: theirs.privateKey })],
    ["no signature", () => `${albToken().split(".").slice(0, 2).join(".")}.`],
    ["two segments", () => albToken().split(".").slice(0, 2).join(".")],
    ["four segments", () => `${albToken()}.${bare("more")}`],
    [
      "a signature of zeros",
      () => `${albToken().split(".").slice(0, 2).join(".")}.${bare(Buffer.alloc(64))}`,
    ],
    ["a signature cut short", () => albToken().slice(0, -12)],
    ["a signature changed by one bit", () => flipped(albToken())],
    ["a claim changed after signing", () => changed(albToken(), { "custom:groups": ["platform", "root"] })],
    ["another mail address after signing", () => changed(albToken(), { email: "boss@example.com" })],
    ["a header changed after signing", () => reheaded(albToken(), { client: "console-client " })],
    ["padding taken out after signing", () => albToken({ body: { name: "An" } }).replaceAll("=", "")],
    ["padding added after signing", () => albToken({}, { encode: bare }).replace(".", "==.")],
    ["padding within a segment", () => albToken().replace(/^(.{10})/, "$1==")],
    [
      "plain base64 with plus and slash",
      () =>
        albToken(
          { body: { name: "???>>>" } },
          {
            encode: (bytes) =>
              Buffer.from(bytes)
                .toString("base64")
                .replace(/[^+/]$/, "+"),
          },
        ),
    ],
    ["line breaks within", () => albToken().replace(".", "\t.")],
    [
      "another load balancer of the account",
      () => albToken({ head: { signer: arnOf("eu-west-1", "222222222222", "other/50dc6c495c0c9188") } }),
    ],
    [
      "another account's load balancer",
      () => albToken({ head: { signer: arnOf("eu-west-1", "999999999999", "console/50dc6c495c0c9188") } }),
    ],
    [
      "another Region's load balancer",
      () => albToken({ head: { signer: arnOf("us-east-1", "222222222222", "console/50dc6c495c0c9188") } }),
    ],
    ["no signer", () => albToken({ head: { signer: undefined } })],
    ["an empty signer", () => albToken({ head: { signer: "" } })],
    ["a signer that begins alike", () => albToken({ head: { signer: `${signer}0` } })],
    ["the signer in a list", () => albToken({ head: { signer: [signer] } })],
    ["the signer in other letters", () => albToken({ head: { signer: signer.toUpperCase() } })],
    ["the signer among the claims only", () => albToken({ head: { signer: undefined }, body: { signer } })],
    ["another issuer in the header", () => albToken({ head: { iss: "https://evil.test" } })],
    ["another issuer among the claims", () => albToken({ body: { iss: "https://evil.test" } })],
    ["no issuer in the header", () => albToken({ head: { iss: undefined } })],
    ["an issuer with a slash more", () => albToken({ head: { iss: `${issuer}/` } })],
    ["another client", () => albToken({ head: { client: "other-client" } })],
    ["no client", () => albToken({ head: { client: undefined } })],
    ["a header that expired a minute ago", () => albToken({ head: { exp: inSeconds(-60) } })],
    ["claims that expired a minute ago", () => albToken({ body: { exp: inSeconds(-60) } })],
    ["an end far behind", () => albToken({ head: { exp: 1 }, body: { exp: 1 } })],
    ["no end at all", () => albToken({ head: { exp: undefined }, body: { exp: undefined } })],
    ["an end that is text", () => albToken({ head: { exp: String(inSeconds(120)) } })],
    ["an end that is no number", () => albToken({ head: { exp: null } })],
    ["a key id that leads elsewhere", () => albToken({ head: { kid: "../../evil/key" } })],
    ["a key id that is an address", () => albToken({ head: { kid: "https://evil.test/key" } })],
    ["a key id with a query", () => albToken({ head: { kid: `${kid}?` } })],
    ["a key id in percent signs", () => albToken({ head: { kid: "%2e%2e%2fkey" } })],
    ["a key id nobody knows", () => albToken({ head: { kid: "00000000-0000-0000-0000-000000000000" } })],
    ["an empty key id", () => albToken({ head: { kid: "" } })],
    ["no key id", () => albToken({ head: { kid: undefined } })],
    ["a key id that is a number", () => albToken({ head: { kid: 7 } })],
    ["a very long key id", () => albToken({ head: { kid: "k".repeat(65) } })],
    [
      "a key of its own in the header",
      () =>
        albToken({ head: { jwk: theirs.publicKey.export({ format: "jwk" }) } }, { key: theirs.privateKey }),
    ],
    [
      "a key address of its own",
      () =>
        albToken(
          { head: { jku: "https://evil.test", x5u: "https://evil.test" } },
          { key: theirs.privateKey },
        ),
    ],
    ["critical extensions", () => albToken({ head: { crit: ["exp"] } })],
    [
      "claims that are a list",
      () => `${padded(JSON.stringify(headerPart()))}.${padded("[]")}.${bare(Buffer.alloc(64))}`,
    ],
    ["a header that is null", () => `${padded("null")}.${padded("{}")}.${bare(Buffer.alloc(64))}`],
    ["a header that is no JSON", () => `${padded("{")}.${padded("{}")}.${bare(Buffer.alloc(64))}`],
    ["a token after another", () => `${albToken()}, ${albToken({}, { key: theirs.privateKey })}`],
    ["a token twice", () => `${albToken()}, ${albToken()}`],
    ["a token of 20 KB", () => albToken({ body: { name: "x".repeat(20_000) } })],
    ["nobody", () => albToken({ body: { sub: undefined } })],
    ["an address outside the allowed domains", () => albToken({ body: { email: "eve@evil.test" } })],
    ["an address not verified", () => albToken({ body: { email_verified: "false" } })],
  ];

  it.each(attacks)("lets nobody in: %s", async (_, forge) => {
    expect(await ask(await forge())).not.toHaveProperty("identity");
  });

  it.each([
    "x-amzn-oidc-identity",
    "x-amzn-oidc-accesstoken",
    "x-forwarded-user",
    "x-forwarded-email",
    "authorization",
    "x-amzn-oidc-data2",
  ])("lets nobody in by the header %s", async (name) => {
    expect(await ask(albToken(), name)).toEqual({ refusal: "no_token" });
    expect(await ask("ana@example.com", name)).toEqual({ refusal: "no_token" });
  });

  it("lets nobody in with a key of another curve or kind, whoever serves it", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
    for (const pem of [pemOf(rsa.publicKey), pemOf(p384.publicKey)]) {
      keys.answers.set(`/${kid}`, pem);
      const fresh = openProxyIdentity(settings(), clock);
      expect(await fresh(new Headers({ [header]: albToken() }))).not.toHaveProperty("identity");
    }
  });

  describe("made-up keys", () => {
    const made = (turn: number) => albToken({ head: { kid: `made-up-${turn}` } });
    const from = (address: string, token: string) =>
      identify(new Headers({ [header]: token, [CLIENT_ADDRESS_HEADER]: address }));

    it("are looked up five times a minute for one address, and two hundred times for all", async () => {
      for (let turn = 0; turn < 50; turn += 1) await from("192.0.2.7", made(turn));
      expect(keys.requests.length).toBe(5);
      for (let turn = 0; turn < 400; turn += 1) await from(`192.0.2.${turn % 100}`, made(1000 + turn));
      expect(keys.requests.length).toBe(200);
    });

    it("keep out nobody who comes from elsewhere with a new good one", async () => {
      for (let turn = 0; turn < 50; turn += 1) await from("192.0.2.7", made(turn));
      expect(await from("198.51.100.1", albToken())).toHaveProperty("identity");
    });

    it("keep out nobody whose key was good and is read anew after its hour", async () => {
      expect(await from("198.51.100.1", albToken())).toHaveProperty("identity");
      clock.advance(HOUR_MS + 1);
      for (let turn = 0; turn < 400; turn += 1) await from(`192.0.2.${turn % 100}`, made(turn));
      expect(await from("192.0.2.7", albToken())).toHaveProperty("identity");
    });
  });

  it("says that keys cannot be read instead of letting in or sending away", async () => {
    keys.answers.set(`/${kid}`, 503);
    await expect(ask(albToken())).rejects.toMatchObject({ detail: { code: "unavailable" } });
    keys.answers.set(`/${kid}`, pemOf(ours.publicKey));
    expect(await ask(albToken())).toHaveProperty("identity");
  });
});
