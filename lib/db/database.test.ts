import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAuditLog } from "@/lib/audit/audit-log";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { manualClock } from "@/lib/testing/manual-clock";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { openDatabase } from "./database";

const ana = { id: "ana", name: "Ana" };

const SLOW_MS = 60_000;

describe("PGlite in a folder", { timeout: SLOW_MS }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsmith-database-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = () => openDatabase({ kind: "pglite", folder });

  it("keeps its rows over a restart", async () => {
    const first = await open();
    const audit = openAuditLog(async () => first, manualClock(), { actor: ana });
    await audit.record({ action: "run-pipeline", result: "succeeded" });
    await first.close();
    const second = await open();
    expect(await verifyAuditChain(second)).toMatchObject({ rows: 1 });
    await second.close();
  });

  it("is not opened by two processes at once", async () => {
    // The parent of this process lives and is another one.
    writeFileSync(join(folder, "in-use-by"), String(process.ppid));
    await expect(open()).rejects.toThrow(`is in use by process ${process.ppid}`);
  });

  it("is taken over from a process that was killed", async () => {
    const { pid } = spawnSync("true");
    writeFileSync(join(folder, "in-use-by"), String(pid));
    const database = await open();
    await database.ping();
    await database.close();
  });
});

const postgres = findPostgres();

describe.skipIf(!postgres)(`${postgres?.name ?? "PostgreSQL (needs its binaries)"}`, () => {
  it(
    "is migrated once by replicas that start together, and says when it is gone",
    async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      const server = await startPostgres(postgres);
      const replicas = await Promise.all(
        Array.from({ length: 4 }, () => openDatabase({ kind: "postgres", url: server.url })),
      );
      const [first] = replicas;
      const answer = await first?.orm.execute(
        sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
      );
      const { entries } = (await import("./migrations/meta/_journal.json")).default;
      expect(answer).toMatchObject({ rows: [{ n: entries.length }] });

      await server.stop();
      await expect(first?.ping()).rejects.toThrow();
      await Promise.all(replicas.map((replica) => replica.close()));
      await expect(openDatabase({ kind: "postgres", url: server.url })).rejects.toThrow();
    },
    SLOW_MS,
  );
});
