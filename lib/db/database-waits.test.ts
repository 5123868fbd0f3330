import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuditLog } from "@/lib/audit/audit-log";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { PendingRows } from "@/lib/audit/pending-rows";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { manualClock } from "@/lib/testing/manual-clock";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { TcpGate } from "@/lib/testing/tcp-gate";
import { openDatabase } from "./database";
import { databaseTroubleOf } from "./database-trouble";
import { openSession, poolOf } from "./postgres-sessions";

const SLOW_MS = 60_000;
const BRIEF = { statementMs: 300, lockMs: 200 };
const postgres = findPostgres();

describe.skipIf(!postgres)(
  `waits on ${postgres?.name ?? "PostgreSQL (needs its binaries)"}`,
  { timeout: SLOW_MS },
  () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let gate: TcpGate;
    let gatedUrl: string;
    beforeAll(async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      server = await startPostgres(postgres);
      gate = await TcpGate.open(Number(new URL(server.url).port));
      const gated = new URL(server.url);
      gated.port = String(gate.port);
      gatedUrl = gated.href;
    }, SLOW_MS);
    afterAll(async () => {
      gate.close();
      await server.stop();
    });

    it("end when the peer of every connection vanishes without a word, and the pool heals by itself", async () => {
      const pool = poolOf(gatedUrl, 3, BRIEF);
      const orm = drizzle(pool);
      await Promise.all([1, 2, 3].map(() => orm.execute(sql`select pg_sleep(0.1)`)));
      gate.fallSilent("are let through");
      const work = [
        () => orm.execute(sql`select 1`),
        () => orm.transaction((tx) => tx.execute(sql`select 1`)),
        () => pool.query("select 1"),
      ];
      for (const result of await Promise.allSettled(work.map((each) => each()))) {
        expect(result.status).toBe("rejected");
        const { reason } = result as PromiseRejectedResult;
        expect(databaseTroubleOf(reason)?.detail.code).toBe("unavailable");
      }
      for (const each of work) await each();
      await pool.end();
    });

    it("end when new connections are accepted and never answered", async () => {
      const pool = poolOf(gatedUrl, 1, BRIEF);
      gate.fallSilent("are left waiting");
      try {
        const failed = await drizzle(pool)
          .transaction((tx) => tx.execute(sql`select 1`))
          .catch((error: unknown) => error);
        expect(databaseTroubleOf(failed)?.detail.code).toBe("unavailable");
        await expect(openDatabase({ kind: "postgres", url: gatedUrl })).rejects.toThrow();
      } finally {
        gate.mend();
      }
      await pool.query("select 1");
      await pool.end();
    });

    it("end for the session that holds the locks, which then says that it is gone", async () => {
      const session = await openSession(gatedUrl, BRIEF);
      gate.fallSilent("are let through");
      await expect(session.query("select 1")).rejects.toThrow("has not answered");
      await expect(session.query("select 1")).rejects.toThrow();
    });

    it("end for statements, for locks and for transactions that somebody left open", async () => {
      const pool = poolOf(server.url, 2, BRIEF);
      await expect(pool.query("select pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
      const holder = await openSession(server.url, { statementMs: SLOW_MS, lockMs: SLOW_MS });
      await holder.query("select pg_advisory_lock(1)");
      await expect(pool.query("select pg_advisory_lock(1)")).rejects.toMatchObject({ code: "55P03" });
      await holder.end();
      const { rows } = await pool.query("show idle_in_transaction_session_timeout");
      expect(rows).toEqual([{ idle_in_transaction_session_timeout: "10s" }]);
      await pool.end();
    });

    it("end for those who want one of too few connections", async () => {
      const pool = poolOf(server.url, 1, { statementMs: SLOW_MS, lockMs: SLOW_MS });
      const taken = await pool.connect();
      await expect(pool.query("select 1")).rejects.toThrow("No database connection");
      taken.release();
      await pool.query("select 1");
      await pool.end();
    });

    it.each([
      ["the table, whole", "lock table audit_rows in access exclusive mode"],
      ["the table, for writers", "lock table audit_rows in share row exclusive mode"],
      ["the place of who appends", "select pg_advisory_xact_lock(4600003)"],
    ])("end when somebody keeps the audit locked: %s", async (_what, lock) => {
      const database = await openDatabase({ kind: "postgres", url: server.url });
      const clock = manualClock();
      const pending = new PendingRows(
        async () => database,
        { ...clock, sleep: () => new Promise(() => undefined) },
        () => undefined,
      );
      const audit = openAuditLog(async () => database, clock, { actor: { id: "ana", name: "Ana" } }, pending);
      const holder = await openSession(server.url, { statementMs: SLOW_MS, lockMs: SLOW_MS });
      await holder.query("set idle_in_transaction_session_timeout = 0");
      await holder.query(`begin; ${lock}`);

      const action = lock.slice(0, 40);
      const refusal = audit.record({ action, result: "refused" });
      await expect(refusal).rejects.toMatchObject({ detail: { code: "unavailable" } });
      expect(await audit.recordDone({ action, result: "succeeded" })).toBe("pending");
      // What does not need the audit goes on.
      await database.ping();

      await holder.query("commit");
      await holder.end();
      expect(await pending.flush()).toBe(0);
      await audit.ready();
      expect(await findAuditRows(database, { action }, { limit: 5 })).toHaveLength(1);
      expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
      await database.close();
    });

    it("do not begin a write while the audit cannot take its row, and maintenance of the table stops nobody", async () => {
      const database = await openDatabase({ kind: "postgres", url: server.url });
      const audit = openAuditLog(async () => database, manualClock(), { actor: { id: "ana", name: "Ana" } });
      const holder = await openSession(server.url, { statementMs: SLOW_MS, lockMs: SLOW_MS });
      await holder.query("begin; lock table audit_rows in share mode");
      await expect(audit.ready()).rejects.toMatchObject({ detail: { code: "unavailable" } });
      await holder.query("commit");
      // What VACUUM, ANALYZE and CREATE INDEX CONCURRENTLY take.
      await holder.query("begin; lock table audit_rows in share update exclusive mode");
      await audit.ready();
      await audit.record({ action: "run-pipeline", result: "succeeded" });
      await holder.query("commit");
      await holder.end();
      await database.close();
    });
  },
);
