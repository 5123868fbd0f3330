import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLIENT_ID } from "@/lib/testing/identity-provider";
import { manualClock } from "@/lib/testing/manual-clock";
import { type OidcConsole, startOidcConsole } from "@/lib/testing/oidc-console";

const ana = { sub: "ana", email: "ana@example.com", email_verified: true, name: "Ana", groups: ["platform"] };
const clock = manualClock(Date.now());

let running: OidcConsole;
beforeAll(async () => {
  running = await startOidcConsole({ clock });
});
afterAll(() => running.close());

const signIn = async () => {
  const browser = running.newBrowser();
  const { identity } = await browser.signIn();
  if (!identity?.session) throw new Error("nobody was signed in");
  return { browser };
};
type SignedIn = Awaited<ReturnType<typeof signIn>>;
const isThere = async ({ browser }: SignedIn, sessions = running.sessions) => {
  clock.advance(5_001);
  return (await sessions.find(browser.headers())) !== undefined;
};

describe("a provider's logout token", () => {
  const event = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const now = () => Math.floor(Date.now() / 1000);
  let count = 0;
  const claims = (more: Record<string, unknown> = {}) => {
    count += 1;
    return {
      iss: running.provider.issuer,
      aud: CLIENT_ID,
      iat: now(),
      exp: now() + 120,
      jti: `jti-${count}`,
      events: event,
      sub: "ana",
      ...more,
    };
  };
  const sign = (more?: Record<string, unknown>, header: Record<string, unknown> = { typ: "logout+jwt" }) =>
    running.provider.sign(claims(more), header);
  beforeEach(() => {
    running.provider.person = ana;
    running.provider.forge = undefined;
  });
  /** Signs in with the provider's session `sid`. */
  const signInAs = async (sub: string, sid: string) => {
    running.provider.person = { ...ana, sub };
    running.provider.forge = ({ claims: real, sign: signed }) => signed({ ...real, sid });
    return signIn();
  };

  it("ends every session of the person it names, here at once and within seconds elsewhere, and nobody else's", async () => {
    const [one, two, other] = [
      await signInAs("ana", "s1"),
      await signInAs("ana", "s2"),
      await signInAs("bob", "s3"),
    ];
    const replica = running.open();
    expect(await isThere(two, replica)).toBe(true);
    expect(await running.sessions.endByProvider(await sign())).toHaveLength(2);
    expect(await running.sessions.find(one.browser.headers())).toBeUndefined();
    expect(await isThere(two, replica)).toBe(false);
    expect(await isThere(other)).toBe(true);
  });

  it("ends the one session it names", async () => {
    const [one, two] = [await signInAs("ana", "t1"), await signInAs("ana", "t2")];
    await running.sessions.endByProvider(await sign({ sub: undefined, sid: "t1" }));
    expect(await isThere(one)).toBe(false);
    expect(await isThere(two)).toBe(true);
    // Both must fit where both are named.
    await running.sessions.endByProvider(await sign({ sub: "bob", sid: "t2" }));
    expect(await isThere(two)).toBe(true);
    await running.sessions.endByProvider(await sign({ sid: "t2" }, { typ: "JWT" }));
    expect(await isThere(two)).toBe(false);
  });

  it("is good once: played again it is refused and ends nothing", async () => {
    await signInAs("ana", "u1");
    const token = await sign();
    await running.sessions.endByProvider(token);
    const again = await signInAs("ana", "u2");
    await expect(running.sessions.endByProvider(token)).rejects.toThrow("used before");
    await expect(running.open().endByProvider(token)).rejects.toThrow("used before");
    expect(await isThere(again)).toBe(true);
  });

  it.each<[string, () => Promise<string>]>([
    ["of another issuer", () => sign({ iss: "https://evil.test" })],
    ["for another client", () => sign({ aud: "another-client" })],
    ["without an audience", () => sign({ aud: undefined })],
    ["without an event", () => sign({ events: undefined })],
    ["with another event", () => sign({ events: { "urn:other": {} } })],
    [
      "whose event is text",
      () => sign({ events: { "http://schemas.openid.net/event/backchannel-logout": "yes" } }),
    ],
    ["whose events are a list", () => sign({ events: Object.keys(event) })],
    ["with a nonce", () => sign({ nonce: "n" })],
    ["without an id", () => sign({ jti: undefined })],
    ["with an empty id", () => sign({ jti: "" })],
    ["without a time", () => sign({ iat: undefined })],
    ["kept for an hour", () => sign({ iat: now() - 3600, exp: now() + 60 })],
    ["that has expired", () => sign({ exp: now() - 60 })],
    ["about nobody", () => sign({ sub: undefined })],
    ["about a list", () => sign({ sub: ["ana"] })],
    ["about an empty session", () => sign({ sub: undefined, sid: "" })],
    ["of another type", () => sign({}, { typ: "at+jwt" })],
    [
      "signed by nobody",
      async () =>
        `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims())).toString("base64url")}.`,
    ],
    [
      "that is an ID token",
      async () =>
        running.provider.sign({
          iss: running.provider.issuer,
          aud: CLIENT_ID,
          sub: "ana",
          iat: now(),
          exp: now() + 600,
          jti: "id",
        }),
    ],
    ["that is nothing", async () => "nothing"],
  ])("refuses one %s", async (_, make) => {
    const signedIn = await signInAs("ana", "v1");
    const token = await make();
    await expect(running.sessions.endByProvider(token)).rejects.toThrow();
    expect(await isThere(signedIn)).toBe(true);
  });

  it("lets nobody in as an ID token", async () => {
    const browser = running.newBrowser();
    running.provider.forge = async ({ claims: real, sign: signed }) =>
      signed({ ...real, events: event }, { typ: "logout+jwt" });
    expect((await browser.signIn()).identity).toBeUndefined();
  });
});
