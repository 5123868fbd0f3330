import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { hostileJson, hostileText } from "@/lib/testing/hostile-json";
import { manualClock } from "@/lib/testing/manual-clock";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import { hashOf } from "./audit-chain";
import { openAuditLog } from "./audit-log";
import { findAuditRows } from "./find-audit-rows";
import { PendingRows } from "./pending-rows";
import { verifyAuditChain } from "./verify-audit-chain";

const RUNS = 80;
const SLOW_MS = 120_000;

/** Every member of a row that comes from outside, each as anybody could send it. */
const hostileRow = fc.record({
  actor: fc.record({ id: hostileText, name: hostileText }),
  origin: fc.option(hostileText, { nil: undefined }),
  target: fc.option(fc.record({ id: hostileText, accountId: hostileText, region: hostileText }), {
    nil: undefined,
  }),
  entry: fc.record(
    {
      action: hostileText,
      result: fc.constantFrom("succeeded" as const, "failed" as const, "refused" as const),
      resource: hostileText,
      reason: hostileText,
      input: fc.dictionary(hostileText, hostileJson, { maxKeys: 3 }),
      before: hostileJson,
      after: hostileJson,
      awsRequestId: hostileText,
    },
    { requiredKeys: ["action", "result"] },
  ),
});

describe.each(testEngines())("rows that hold anything, on $name", { timeout: SLOW_MS }, ({ start }) => {
  let engine: TestEngine;
  let database: Database;
  const clock = manualClock();
  beforeAll(async () => {
    engine = await start();
    database = await engine.open();
  }, SLOW_MS);
  afterAll(() => engine.stop());

  it("are stored at once, and the chain is whole", async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(hostileRow, async ({ actor, origin, target, entry }) => {
        const pending = new PendingRows(
          async () => database,
          clock,
          () => undefined,
        );
        const audit = openAuditLog(async () => database, clock, { actor, origin, target }, pending);
        expect(await audit.recordDone(entry)).toBe("stored");
        expect(pending.count).toBe(0);
        rows += 1;
      }),
      { numRuns: RUNS },
    );
    const chain = await verifyAuditChain(database);
    expect(chain).not.toHaveProperty("brokenAt");
    expect(chain.rows).toBe(rows);
  });

  it("are found by what was recorded, as are the words that are asked for", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        await findAuditRows(
          database,
          { who: text, resource: text, action: text, namePrefixes: [text] },
          { limit: 1 },
        );
      }),
      { numRuns: 50 },
    );
  });

  it("are stored in a safe form, with a note, when the database refuses them all the same", async () => {
    await database.orm.execute(
      sql`alter table ${auditRows} add constraint no_unicorns check (resource is null or resource not like '%🦄%') not valid`,
    );
    const audit = openAuditLog(async () => database, clock, { actor: { id: "ana", name: "Ana" } });
    const entry = {
      action: "run-pipeline",
      resource: "web 🦄",
      result: "failed",
      input: { name: "web" },
    } as const;
    expect(await audit.recordDone(entry)).toBe("stored");
    await audit.record(entry);
    const rows = await findAuditRows(database, { resource: "web \\ud83e\\udd84" }, { limit: 5 });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      action: "run-pipeline",
      input: { notKept: expect.stringContaining("23514"), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
  });

  it("block nobody behind them and do not wait, when the database refuses them in every form", async () => {
    await database.orm.execute(
      sql`alter table ${auditRows} add constraint no_poison check (action <> 'poison') not valid`,
    );
    let isAway = true;
    const logged: string[] = [];
    const pending = new PendingRows(
      async () => {
        if (isAway) throw Object.assign(new Error("away"), { code: "ECONNREFUSED" });
        return database;
      },
      { ...clock, sleep: () => new Promise(() => undefined) },
      ({ action }, why) => logged.push(`${action} ${why}`),
    );
    const away = async () => Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
    const audit = openAuditLog(away, clock, { actor: { id: "ana", name: "Ana" } }, pending);
    for (const action of ["poison", "good-one", "poison", "good-two"])
      expect(await audit.recordDone({ action, result: "succeeded" })).toBe("pending");
    expect(await pending.flush()).toBe(4);
    isAway = false;
    expect(await pending.flush()).toBe(0);
    expect(logged.slice(4)).toEqual(["poison refused", "poison refused"]);
    for (const action of ["good-one", "good-two"])
      expect(await findAuditRows(database, { action }, { limit: 5 })).toHaveLength(1);
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
  });

  it("of an older version are checked as they were hashed then", async () => {
    const [last] = await findAuditRows(database, {}, { limit: 1 });
    if (!last) throw new Error("no row");
    const row = {
      ...last,
      id: "00000000-0000-4000-8000-000000000001",
      action: "old-form",
      after: { b: [1, { c: "x" }], a: null },
      sequence: last.sequence + 1,
      previousHash: last.hash,
      form: 1,
    };
    // Worked out by the version before: objects as sorted lists of pairs.
    await database.orm.insert(auditRows).values({ ...row, hash: hashOf(row) });
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
    await database.orm.update(auditRows).set({ form: 2 }).where(eq(auditRows.id, row.id));
    expect(await verifyAuditChain(database)).toMatchObject({ brokenAt: row.sequence });
  });
});
