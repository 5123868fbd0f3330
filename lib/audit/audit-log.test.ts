import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { manualClock } from "@/lib/testing/manual-clock";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import { acceptBreaks } from "./accept-breaks";
import { hashOf } from "./audit-chain";
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
    expect(await verifyAuditChain(database)).toMatchObject({
      rows: 21,
      brokenAt: 7,
      breaks: [{ sequence: 7, what: "changed" }],
      wholeFrom: 8,
    });
    await database.orm.update(auditRows).set({ actorName: "Ana" }).where(eq(auditRows.sequence, 7));
    expect(await verifyAuditChain(database)).toMatchObject({ rows: 21 });
  });

  it("shows rows cut off at the end to whoever noted the last hash down", async () => {
    const { rows, head } = await verifyAuditChain(database);
    expect(await verifyAuditChain(database, { sequence: rows, hash: head })).toEqual({ rows, head });
    const later = { sequence: rows + 1, hash: head };
    const cut = await verifyAuditChain(database, later);
    expect(cut).toMatchObject({ rows, brokenAt: rows + 1, breaks: [{ what: "missing" }] });
    expect(cut).not.toHaveProperty("wholeFrom");
    const other = { sequence: rows, hash: "0".repeat(64) };
    expect(await verifyAuditChain(database, other)).toMatchObject({
      brokenAt: rows,
      breaks: [{ what: "not-as-noted" }],
    });
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
    expect(await verifyAuditChain(database)).toMatchObject({
      rows: 20,
      brokenAt: 12,
      breaks: [{ sequence: 12, what: "missing" }],
      wholeFrom: 13,
    });
  });

  it("names every row that is not as it was written, also one whose hash was made to fit", async () => {
    const [row] = await database.orm.select().from(auditRows).where(eq(auditRows.sequence, 15));
    if (!row) throw new Error("no row 15");
    const forged = { ...row, actorName: "Somebody else" };
    await database.orm
      .update(auditRows)
      .set({ ...forged, hash: hashOf(forged) })
      .where(eq(auditRows.sequence, 15));
    await database.orm.update(auditRows).set({ reason: "rewritten" }).where(eq(auditRows.sequence, 18));
    await database.orm.insert(auditRows).values({ ...forged, id: randomUUID(), sequence: 0, hash: row.hash });
    expect(await verifyAuditChain(database)).toMatchObject({
      brokenAt: 0,
      breaks: [
        { sequence: 0, what: "put-in" },
        { sequence: 12, what: "missing" },
        { sequence: 16, what: "unlinked" },
        { sequence: 18, what: "changed" },
      ],
      wholeFrom: 19,
    });
  });

  it("counts as whole once somebody accepted the breaks on record, until one of the rows is changed again", async () => {
    const { breaks = [] } = await verifyAuditChain(database);
    const by = { who: "Ana", why: "a restore went wrong", at: new Date(clock.now()) };
    await acceptBreaks(database, breaks, by);
    const accepted = await verifyAuditChain(database);
    expect(accepted).toMatchObject({ accepted: 4 });
    expect(accepted).not.toHaveProperty("brokenAt");
    await openAuditLog(async () => database, clock, { actor: ana }).record({
      action: "run-pipeline",
      result: "succeeded",
    });
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");

    await database.orm.update(auditRows).set({ reason: "once more" }).where(eq(auditRows.sequence, 18));
    expect(await verifyAuditChain(database)).toMatchObject({ brokenAt: 18, accepted: 3, wholeFrom: 19 });
    await database.orm.update(auditRows).set({ reason: "rewritten" }).where(eq(auditRows.sequence, 18));
    await database.orm.update(auditRows).set({ reason: "forged" }).where(eq(auditRows.resource, "audit"));
    expect(await verifyAuditChain(database)).toMatchObject({ breaks: { length: 5 } });
  });

  it("finds its tables up to date when it is opened again", async () => {
    const again = await engine.open();
    const { rows } = (await again.orm.execute(
      sql`select count(*)::int as rows from ${auditRows}`,
    )) as unknown as {
      rows: { rows: number }[];
    };
    expect(rows[0]?.rows).toBe(23);
  });
});
