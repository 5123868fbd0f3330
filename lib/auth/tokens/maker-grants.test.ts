import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "@/lib/config/config";
import { shareOf } from "@/lib/core/actor";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { apiTokens } from "@/lib/db/api-schema";
import { type Database, openDatabase } from "@/lib/db/database";
import { manualClock } from "@/lib/testing/manual-clock";
import { identityOf } from "../identity";
import { openMakerNotes } from "./maker-notes";
import { identifyToken } from "./token-identity";
import { insertToken } from "./token-rows";
import { beginningOf, hashOfToken, newToken } from "./token-text";

const ISSUER = "https://id.example.com";
const ROLES = [
  { group: "platform", role: "admin" },
  { group: "web", role: "operator", names: "web-*" },
];
const settings = (roles: unknown = ROLES, more: Record<string, string> = {}) => {
  const { signIn } = readConfig({
    GOLDSMITH_PROXY: "jwt",
    GOLDSMITH_PROXY_HEADER: "x-token",
    GOLDSMITH_PROXY_ISSUER: ISSUER,
    GOLDSMITH_PROXY_AUDIENCE: "goldsmith",
    GOLDSMITH_PROXY_KEYS: `${ISSUER}/jwks`,
    GOLDSMITH_ROLES: JSON.stringify(roles),
    ...more,
  });
  if (signIn.kind !== "proxy") throw new Error("the settings name a proxy");
  return signIn;
};
const claimsOf = (...groups: string[]) => ({
  sub: "ana",
  email: "ana@example.com",
  email_verified: true,
  groups,
});

const DAYS = { person: 30, service: 90, feed: 30 };

let database: Database;
const clock = manualClock();
beforeAll(async () => {
  database = await openDatabase({ kind: "memory" });
});
afterAll(() => database.close());
beforeEach(() => database.orm.delete(apiTokens));

async function makeToken(kind: "person" | "service", claims = claimsOf("platform")): Promise<string> {
  const token = newToken();
  await insertToken(database.orm, {
    id: crypto.randomUUID(),
    tokenHash: hashOfToken(token),
    shown: beginningOf(token),
    ...{ kind, name: "ci", role: "operator", targets: ["*"], namePrefixes: [] },
    makerId: `${ISSUER}#ana`,
    makerName: "Ana",
    makerClaims: JSON.stringify(claims),
    makerSeenAt: new Date(clock.now()),
    createdAt: new Date(clock.now()),
    expiresAt: new Date(clock.now() + 300 * DAY_MS),
  });
  return token;
}
const grantsOf = async (
  token: string,
  signIn: Parameters<typeof identifyToken>[1]["signIn"] = settings(),
) => {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  return (await identifyToken(headers, { orm: database.orm, signIn, now: clock.now(), tokenDays: DAYS }))
    .actor.grants;
};
const everything = [{ role: "operator", target: "*" }];

describe("a token's rights", () => {
  it("are those that it was made for while its maker has more", async () => {
    expect(await grantsOf(await makeToken("person"))).toEqual(everything);
  });

  it("shrink with the settings, at the next use", async () => {
    const token = await makeToken("person");
    expect(await grantsOf(token, settings([{ group: "platform", role: "viewer", target: "demo" }]))).toEqual([
      { role: "viewer", target: "demo" },
    ]);
    expect(await grantsOf(token, settings([{ group: "others", role: "admin" }]))).toEqual([]);
    expect(await grantsOf(token, settings(ROLES, { GOLDSMITH_ALLOWED_DOMAINS: "example.org" }))).toEqual([]);
    expect(
      await grantsOf(token, settings(ROLES, { GOLDSMITH_PROXY_ISSUER: "https://other.example.com" })),
    ).toEqual([]);
    expect(await grantsOf(token, { kind: "none", isOpen: false })).toEqual([]);
  });

  for (const kind of ["person", "service"] as const)
    it(`of a ${kind} shrink when its maker is seen with fewer groups, and grow back no further than it was made for`, async () => {
      const token = await makeToken(kind);
      const notes = openMakerNotes({ database: async () => database, clock });
      const seen = (...groups: string[]) => notes.note(identityOf(claimsOf(...groups), settings(), ISSUER));
      seen("web");
      await expect.poll(() => grantsOf(token)).toEqual([{ ...everything[0], namePrefix: "web-" }]);
      seen();
      await expect.poll(() => grantsOf(token)).toEqual([]);
      seen("platform");
      await expect.poll(() => grantsOf(token)).toEqual(everything);
    });

  it("are nobody else's business: another person who is seen changes nothing", async () => {
    const token = await makeToken("person");
    const notes = openMakerNotes({ database: async () => database, clock });
    notes.note(identityOf({ ...claimsOf(), sub: "ben" }, settings(), ISSUER));
    notes.note(identityOf(claimsOf("platform"), settings(), ISSUER));
    await expect.poll(() => grantsOf(token)).toEqual(everything);
  });
});

describe("the cost of a token", () => {
  const shareOfToken = async (token: string) => {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    const asked = { orm: database.orm, signIn: settings(), now: clock.now(), tokenDays: DAYS };
    return shareOf((await identifyToken(headers, asked)).actor);
  };

  it("is its person's, however many tokens they have; a service has a share of its own", async () => {
    const { actor } = identityOf(claimsOf("platform"), settings(), ISSUER);
    const own = await Promise.all(
      Array.from({ length: 5 }, async () => shareOfToken(await makeToken("person"))),
    );
    expect(new Set(own)).toEqual(new Set([shareOf(actor)]));
    const services = [
      await shareOfToken(await makeToken("service")),
      await shareOfToken(await makeToken("service")),
    ];
    expect(new Set([...services, shareOf(actor)]).size).toBe(3);
  });
});

describe("a token whose person is not seen", () => {
  it("is paused after 30 days, and works again once they are", async () => {
    const token = await makeToken("person");
    clock.advance(30 * DAY_MS - HOUR_MS);
    expect(await grantsOf(token)).toEqual(everything);
    clock.advance(HOUR_MS);
    await expect(grantsOf(token)).rejects.toMatchObject({
      detail: { code: "signed-out", message: expect.stringContaining("has not signed in for 30 days") },
    });
    const notes = openMakerNotes({ database: async () => database, clock });
    notes.note(identityOf(claimsOf("platform"), settings(), ISSUER));
    await expect.poll(() => grantsOf(token).catch(() => "paused")).toEqual(everything);
  });

  it("is paused too where it is a service's, after the days set for those", async () => {
    const token = await makeToken("service");
    clock.advance(90 * DAY_MS - HOUR_MS);
    expect(await grantsOf(token)).toEqual(everything);
    clock.advance(HOUR_MS);
    await expect(grantsOf(token)).rejects.toMatchObject({
      detail: { code: "signed-out", message: expect.stringContaining("has not signed in for 90 days") },
    });
    const notes = openMakerNotes({ database: async () => database, clock });
    notes.note(identityOf(claimsOf("web"), settings(), ISSUER));
    // With the groups that they have then.
    await expect
      .poll(() => grantsOf(token).catch(() => "paused"))
      .toEqual([{ ...everything[0], namePrefix: "web-" }]);
  });

  it.each([
    ["GOLDSMITH_TOKEN_DAYS", "person"],
    ["GOLDSMITH_SERVICE_TOKEN_DAYS", "service"],
  ] as const)("waits as long as %s says", async (variable, kind) => {
    const { tokenDays } = readConfig({ [variable]: "2" });
    expect(tokenDays[kind]).toBe(2);
    expect(() => readConfig({ [variable]: "0" })).toThrow(variable);
    expect(() => readConfig({ [variable]: "9999" })).toThrow(variable);
  });
});
