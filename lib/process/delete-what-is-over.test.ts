import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { readConfig } from "@/lib/config/config";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { apiAnswers, apiTokens } from "@/lib/db/api-schema";
import { type Database, openDatabase } from "@/lib/db/database";
import { draftVisits, pipelineDrafts, sessions, signInStates, usedLogoutTokens } from "@/lib/db/schema";
import { manualClock } from "@/lib/testing/manual-clock";
import { deleteWhatIsOver } from "./delete-what-is-over";

const OIDC = {
  GOLDSMITH_URL: "https://images.example.com",
  GOLDSMITH_OIDC_ISSUER: "https://id.example.com",
  GOLDSMITH_OIDC_CLIENT_ID: "goldsmith",
  GOLDSMITH_OIDC_CLIENT_SECRET: "0".repeat(40),
  GOLDSMITH_ROLES: '[{"group":"*","role":"viewer"}]',
};
const AGES = [
  0,
  MINUTE_MS,
  5 * HOUR_MS,
  9 * HOUR_MS,
  6 * DAY_MS,
  8 * DAY_MS,
  29 * DAY_MS,
  31 * DAY_MS,
  400 * DAY_MS,
];

/** One row of every age in every table, each named by its age in milliseconds where it has a name. */
async function fill({ orm }: Database, now: number) {
  for (const age of AGES) {
    const at = new Date(now - age);
    const draft = {
      targetId: "test",
      revision: 1,
      content: {},
      createdAt: at,
      updatedAt: at,
      updatedBy: String(age),
    };
    for (const state of ["draft", "creating", "created"] as const)
      await orm.insert(pipelineDrafts).values({ ...draft, id: randomUUID(), state });
    const [visited] = await orm.select().from(pipelineDrafts).limit(1);
    const visit = {
      draftId: visited?.id ?? "",
      windowId: randomUUID(),
      actorId: String(age),
      actorName: "Ana",
    };
    await orm.insert(draftVisits).values({ ...visit, seenAt: at });
    const session = {
      person: "ana",
      claims: "{}",
      claimsReadAt: at,
      groupsFrom: "id-token" as const,
      groupsReadAt: at,
    };
    const life = { startedAt: at, seenAt: at, expiresAt: new Date(now - age + 12 * HOUR_MS) };
    const tokenHash = randomUUID();
    await orm
      .insert(sessions)
      .values({ id: String(age), tokenHash, ...session, ...life, refreshToken: "sealed" });
    await orm.insert(signInStates).values({ id: String(age), browser: "b", value: "{}", expiresAt: at });
    await orm.insert(usedLogoutTokens).values({ id: String(age), expiresAt: at });
    await insertApiTokens(orm, at, age);
  }
}

/** One that ended, one that was revoked, and one that can be used; the last with an answer. */
async function insertApiTokens(orm: Database["orm"], at: Date, age: number) {
  const later = new Date(at.getTime() + 1_000 * DAY_MS);
  const common = { shown: "gs_", kind: "person", role: "viewer", targets: [], namePrefixes: [] } as const;
  const maker = { makerId: "ana", makerName: "Ana", makerSeenAt: at, createdAt: at };
  for (const [name, expiresAt, revokedAt] of [
    ["ended", at, null],
    ["revoked", later, at],
    ["in use", later, null],
  ] as const) {
    const id = randomUUID();
    const token = { ...common, ...maker, id, tokenHash: id, name: `${name} ${age}`, expiresAt, revokedAt };
    await orm.insert(apiTokens).values({ ...token, targets: [...common.targets], namePrefixes: [] });
    if (name === "in use")
      await orm.insert(apiAnswers).values({ tokenId: id, key: String(age), request: "r", createdAt: at });
  }
}

const ages = (rows: { age: string }[]) => rows.map(({ age }) => Number(age)).toSorted((a, b) => a - b);

it.each([
  ["a person's idle time", OIDC, 8 * HOUR_MS],
  ["no sign-in any more", {}, 12 * HOUR_MS],
])("deletes what is over, and nothing else: with %s", { timeout: 60_000 }, async (_, settings, sessionMs) => {
  const clock = manualClock();
  const database = await openDatabase({ kind: "memory" });
  await fill(database, clock.now());
  const config = readConfig({ ...settings, GOLDSMITH_DRAFT_DAYS: "30" });
  await deleteWhatIsOver({ database: async () => database, clock, config });

  const { orm } = database;
  const upTo = (ms: number) => AGES.filter((age) => age <= ms);
  const draftsIn = async (wanted: string) =>
    ages(
      (await orm.select().from(pipelineDrafts))
        .filter(({ state }) => state === wanted)
        .map(({ updatedBy }) => ({ age: updatedBy })),
    );
  expect(await draftsIn("draft")).toEqual(upTo(30 * DAY_MS));
  expect(await draftsIn("created")).toEqual(upTo(7 * DAY_MS));
  expect(await draftsIn("creating"), "it names what it made in AWS").toEqual(AGES);
  expect(ages(await orm.select({ age: draftVisits.actorId }).from(draftVisits))).toEqual(upTo(DAY_MS));
  expect(ages(await orm.select({ age: sessions.id }).from(sessions))).toEqual(upTo(sessionMs));
  expect(ages(await orm.select({ age: signInStates.id }).from(signInStates))).toEqual([0]);
  expect(ages(await orm.select({ age: usedLogoutTokens.id }).from(usedLogoutTokens))).toEqual([0]);
  const tokens = (await orm.select({ name: apiTokens.name }).from(apiTokens)).map(({ name }) => name);
  const agesOf = (wanted: string) =>
    ages(
      tokens.filter((name) => name.startsWith(wanted)).map((name) => ({ age: name.slice(wanted.length) })),
    );
  expect(agesOf("ended")).toEqual(upTo(90 * DAY_MS));
  expect(agesOf("revoked")).toEqual(upTo(90 * DAY_MS));
  expect(agesOf("in use")).toEqual(AGES);
  expect(ages(await orm.select({ age: apiAnswers.key }).from(apiAnswers))).toEqual(upTo(DAY_MS));
  await database.close();
});

it("leaves the other kinds their turn when one cannot be deleted", { timeout: 60_000 }, async () => {
  const clock = manualClock();
  const database = await openDatabase({ kind: "memory" });
  await fill(database, clock.now());
  // The first kind that is deleted, in a table that refuses it.
  await database.orm.execute(
    sql`create rule kept as on delete to sessions do instead select 1 / (case when true then 0 else 1 end)`,
  );
  await deleteWhatIsOver({ database: async () => database, clock, config: readConfig(OIDC) });
  const kept = ages(await database.orm.select({ age: sessions.id }).from(sessions));
  expect(kept, "the deletion of sessions did fail").toEqual(AGES);
  expect(ages(await database.orm.select({ age: apiAnswers.key }).from(apiAnswers))).toEqual(
    AGES.filter((age) => age <= DAY_MS),
  );
  await database.close();
});
