import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { manualClock } from "@/lib/testing/manual-clock";
import { recordWrite } from "@/lib/use-case/record-write";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openAuditLog } from "./audit-log";
import { findAuditRows } from "./find-audit-rows";
import { PendingRows } from "./pending-rows";
import { verifyAuditChain } from "./verify-audit-chain";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ kind: "memory" });
});
afterAll(() => database.close());

/** An audit whose database fails the given number of calls, after the one that asks whether it is there. */
function failingAudit(failures: number) {
  const clock = manualClock();
  let calls = 0;
  const open = async () => {
    calls++;
    if (calls > 1 && calls <= failures + 1) throw new Error("away");
    return database;
  };
  const logged: unknown[] = [];
  const pending = new PendingRows(open, clock, (row) => logged.push(row));
  const audit = openAuditLog(open, clock, { actor: { id: "ana", name: "Ana" } }, pending);
  return { audit, pending, logged, clock };
}

const rowsOf = (resource: string) => findAuditRows(database, { resource }, { limit: 10 });
const write = (audit: UseCaseContext["audit"], resource: string) =>
  recordWrite({ audit } as UseCaseContext, "run-pipeline", { resource }, async () => ({
    value: "done",
    awsRequestId: "r-1",
  }));

describe("a write whose record fails", () => {
  it("is recorded by the next try, when the database was away for a moment", async () => {
    const { audit, logged, clock } = failingAudit(2);
    expect(await write(audit, "blink")).toBe("done");
    expect(await rowsOf("blink")).toMatchObject([{ result: "succeeded", awsRequestId: "r-1" }]);
    expect(logged).toEqual([]);
    expect(clock.waits).toEqual([200, 1_000]);
  });

  it("says that it is done but not on record, keeps the row in the log, and records it when the database is back", async () => {
    const { audit, pending, logged } = failingAudit(6);
    await expect(write(audit, "outage")).rejects.toMatchObject({
      detail: {
        code: "not-on-record",
        message: expect.stringContaining("Done, but not recorded"),
        requestId: "r-1",
      },
    });
    expect(logged).toMatchObject([{ resource: "outage", result: "succeeded" }]);
    await expect.poll(() => pending.count).toBe(0);
    expect(await rowsOf("outage")).toMatchObject([{ result: "succeeded" }]);
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
  });

  it("is not begun while the database is away from the start", async () => {
    const open = async () => Promise.reject(new Error("away"));
    const audit = openAuditLog(open, manualClock(), { actor: { id: "ana", name: "Ana" } });
    await expect(write(audit, "never")).rejects.toMatchObject({ detail: { code: "unavailable" } });
  });

  it("is recorded once, also when the answer to the first try got lost", async () => {
    const twice = {
      ...database,
      auditOrm: new Proxy(database.auditOrm, {
        get: (orm, name) =>
          name === "transaction"
            ? async (work: Parameters<typeof orm.transaction>[0]) => {
                await orm.transaction(work);
                throw new Error("the connection broke after the commit");
              }
            : Reflect.get(orm, name),
      }),
    };
    let calls = 0;
    const open = async () => (++calls === 2 ? twice : database);
    const lossy = openAuditLog(open, manualClock(), { actor: { id: "ana", name: "Ana" } });
    expect(await write(lossy, "lost-answer")).toBe("done");
    expect(await rowsOf("lost-answer")).toHaveLength(1);
  });
});
