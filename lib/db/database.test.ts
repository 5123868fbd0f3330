import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAuditLog } from "@/lib/audit/audit-log";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { manualClock } from "@/lib/testing/manual-clock";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { projectRoot } from "@/lib/testing/project-files";
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

  it("is left as it is for whoever only looks into it", async () => {
    await expect(
      openDatabase({ kind: "pglite", folder: join(folder, "none") }, { asItIs: true }),
    ).rejects.toThrow("There is no database");
    expect(existsSync(join(folder, "none"))).toBe(false);
    const owner = await open();
    const audit = openAuditLog(async () => owner, manualClock(), { actor: ana });
    await audit.record({ action: "run-pipeline", result: "succeeded" });
    await owner.orm.execute(sql`drop table draft_visits`);
    await owner.orm.execute(sql`delete from drizzle.__drizzle_migrations where id > 1`);
    await owner.close();
    const looking = await openDatabase({ kind: "pglite", folder }, { asItIs: true });
    expect(await verifyAuditChain(looking)).toMatchObject({ rows: 1 });
    expect(
      await looking.orm.execute(sql`select count(*)::int from drizzle.__drizzle_migrations`),
    ).toMatchObject({
      rows: [{ count: 1 }],
    });
    await expect(looking.orm.execute(sql`select * from draft_visits`)).rejects.toThrow();
    await looking.close();
  });

  it("has one owner: a second process says so and ends, also where both count themselves as the same process", async () => {
    const owner = await startOwner(folder);
    await expect(open()).rejects.toThrow(`is in use by process ${owner.pid}`);
    const second = await startOwner(folder);
    expect(second).toMatchObject({
      said: expect.stringContaining(`is in use by process ${owner.pid}`),
      code: 1,
    });
    // In a container of its own it would have this process's number.
    writeFileSync(join(folder, "in-use-by"), String(process.pid));
    await expect(open()).rejects.toThrow(`is in use by process ${process.pid}`);
    await owner.kill();
    const database = await open();
    await database.ping();
    await database.close();
  });

  it("is taken over from a process that was killed, whoever has its number now", async () => {
    // The parent of this process lives and is another one.
    writeFileSync(join(folder, "in-use-by"), String(process.ppid));
    const database = await open();
    await expect(open()).rejects.toThrow("is in use by");
    await database.close();
    await (await open()).close();
  });
});

/** A process that opens the database of a folder and keeps it, or says why it cannot. */
async function startOwner(folder: string) {
  const script = `import { openDatabase } from "./lib/db/database";
    openDatabase({ kind: "pglite", folder: process.argv[1] }).then(
      () => { console.log("open"); setInterval(() => undefined, 60_000); },
      (error) => { console.log(error.message); process.exit(1); },
    );`;
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "--eval", script, folder],
    { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  const [said] = await once(child.stdout, "data");
  const isOpen = String(said).startsWith("open");
  return {
    pid: child.pid,
    said: String(said),
    code: isOpen ? null : ((await ended)[0] as number),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const postgres = findPostgres();

describe.skipIf(!postgres)(`${postgres?.name ?? "PostgreSQL (needs its binaries)"}`, () => {
  it(
    "is migrated once by replicas that start together, is checked by who may only read the audit, and says when it is gone",
    async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      const server = await startPostgres(postgres);
      const replicas = await Promise.all(
        Array.from({ length: 4 }, () => openDatabase({ kind: "postgres", url: server.url })),
      );
      const [first] = replicas;
      if (!first) throw new Error("no replica");
      const answer = await first.orm.execute(
        sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
      );
      const { entries } = (await import("./migrations/meta/_journal.json")).default;
      expect(answer).toMatchObject({ rows: [{ n: entries.length }] });

      const audit = openAuditLog(async () => first, manualClock(), { actor: ana });
      await audit.record({ action: "run-pipeline", result: "succeeded" });
      await first.orm.execute(sql`create role auditor login`);
      await first.orm.execute(sql`grant select on audit_rows to auditor`);
      const auditor = server.url.replace("goldsmith@", "auditor@");
      const looking = await openDatabase({ kind: "postgres", url: auditor }, { asItIs: true });
      expect(await verifyAuditChain(looking)).toMatchObject({ rows: 1 });
      await expect(looking.orm.execute(sql`delete from audit_rows`)).rejects.toThrow();
      await looking.close();

      await server.stop();
      await expect(first.ping()).rejects.toThrow();
      await Promise.all(replicas.map((replica) => replica.close()));
      await expect(openDatabase({ kind: "postgres", url: server.url })).rejects.toThrow();
    },
    SLOW_MS,
  );
});
