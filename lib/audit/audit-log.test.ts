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
    expect(await verifyAuditChain(database)).toEqual({ rows: 21 });
  });

  it("shows a row that was changed behind its back", async () => {
    await database.orm.update(auditRows).set({ actorName: "Nobody" }).where(eq(auditRows.sequence, 7));
    expect(await verifyAuditChain(database)).toEqual({ rows: 6, brokenAt: 7 });
    await database.orm.update(auditRows).set({ actorName: "Ana" }).where(eq(auditRows.sequence, 7));
    expect(await verifyAuditChain(database)).toEqual({ rows: 21 });
  });

  it("shows a row that was taken out", async () => {
    await database.orm.delete(auditRows).where(eq(auditRows.sequence, 12));
    expect(await verifyAuditChain(database)).toEqual({ rows: 11, brokenAt: 12 });
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
