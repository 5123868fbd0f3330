import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { manualClock } from "@/lib/testing/manual-clock";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import { openAuditLog } from "./audit-log";
import { verifyAuditChain } from "./verify-audit-chain";

const ana = { id: "ana@example.com", name: "Ana" };
const target = { id: "prod", accountId: "222222222222", region: "eu-west-1" };

describe.each(testEngines())("the audit on $name", ({ start }) => {
  let engine: TestEngine;
  let database: Database;
  const clock = manualClock();
  beforeAll(async () => {
    engine = await start();
    database = await engine.open();
  }, 60_000);
  afterAll(() => engine.stop());

  it("keeps who, when, from where, on what, what was asked, what changed and how it ended", async () => {
    const audit = openAuditLog(async () => database, clock, { actor: ana, origin: "10.0.0.7", target });
    await audit.record({
      action: "set-pipeline-status",
      resource: "web-base",
      result: "succeeded",
      input: { status: "DISABLED", name: "web-base" },
      before: { status: "ENABLED" },
      after: { status: "DISABLED" },
      awsRequestId: "r-1",
    });
    const [row] = await database.orm.select().from(auditRows);
    expect(row).toMatchObject({
      sequence: 1,
      at: new Date(clock.now()),
      actorId: "ana@example.com",
      origin: "10.0.0.7",
      targetId: "prod",
      accountId: "222222222222",
      region: "eu-west-1",
      action: "set-pipeline-status",
      resource: "web-base",
      result: "succeeded",
      input: { name: "web-base", status: "DISABLED" },
      before: { status: "ENABLED" },
      after: { status: "DISABLED" },
      awsRequestId: "r-1",
    });
  });

  it("is one chain without gaps when replicas write at the same time", async () => {
    const replicas = await Promise.all([engine.open(), engine.open()]);
    await Promise.all(
      replicas.flatMap((replica, index) =>
        Array.from({ length: 10 }, (_, turn) =>
          openAuditLog(async () => replica, clock, { actor: ana, target }).record({
            action: "run-pipeline",
            resource: `pipeline-${index}-${turn}`,
            result: "succeeded",
          }),
        ),
      ),
    );
    expect(await verifyAuditChain(database)).toMatchObject({ rows: 21 });
  });

  it("shows a row that was changed behind its back", async () => {
    await database.orm.update(auditRows).set({ actorName: "Nobody" }).where(eq(auditRows.sequence, 7));
    expect(await verifyAuditChain(database)).toMatchObject({ rows: 6, brokenAt: 7 });
    await database.orm.update(auditRows).set({ actorName: "Ana" }).where(eq(auditRows.sequence, 7));
    expect(await verifyAuditChain(database)).toMatchObject({ rows: 21 });
  });

  it("shows rows cut off at the end to whoever noted the last hash down", async () => {
    const { rows, head } = await verifyAuditChain(database);
    expect(await verifyAuditChain(database, { sequence: rows, hash: head })).toEqual({ rows, head });
    const later = { sequence: rows + 1, hash: head };
    expect(await verifyAuditChain(database, later)).toMatchObject({ rows, brokenAt: rows + 1 });
    const other = { sequence: rows, hash: "0".repeat(64) };
    expect(await verifyAuditChain(database, other)).toMatchObject({ rows: rows - 1, brokenAt: rows });
  });

  it("keeps no secret: what was asked and what changed are redacted", async () => {
    const audit = openAuditLog(async () => database, clock, { actor: ana, target });
    const secret = { additionalInstanceConfiguration: { userDataOverride: "aHVudGVyMg==" } };
    await audit.record({
      action: "run-pipeline",
      result: "succeeded",
      input: secret,
      before: secret,
      after: secret,
    });
    const rows = await database.orm.select().from(auditRows);
    expect(JSON.stringify(rows)).not.toContain("aHVudGVyMg");
    await database.orm.delete(auditRows).where(eq(auditRows.sequence, 22));
  });

  it("shows a row that was taken out", async () => {
    await database.orm.delete(auditRows).where(eq(auditRows.sequence, 12));
    expect(await verifyAuditChain(database)).toMatchObject({ rows: 11, brokenAt: 12 });
  });

  it("finds its tables up to date when it is opened again", async () => {
    const again = await engine.open();
    const { rows } = (await again.orm.execute(
      sql`select count(*)::int as rows from ${auditRows}`,
    )) as unknown as {
      rows: { rows: number }[];
    };
    expect(rows[0]?.rows).toBe(20);
  });
});
