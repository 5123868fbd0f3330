import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { canMakeCertificates, makeCertificate } from "@/lib/testing/self-made-certificate";
import { openDatabase } from "./database";
import { openSession } from "./postgres-sessions";

const SLOW_MS = 60_000;
const postgres = findPostgres();

describe.skipIf(!postgres || !canMakeCertificates())(
  `TLS to ${postgres?.name ?? "PostgreSQL (needs its binaries, and openssl)"}`,
  { timeout: SLOW_MS },
  () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let folder: string;
    const file = (name: string) => join(folder, name);
    beforeAll(async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      folder = mkdtempSync(join(tmpdir(), "goldsmith-tls-"));
      const own = makeCertificate(["localhost"]);
      writeFileSync(file("own.pem"), own.certificate);
      writeFileSync(file("foreign.pem"), makeCertificate(["localhost"]).certificate);
      server = await startPostgres(postgres, own);
    }, SLOW_MS);
    afterAll(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const urlOf = (host: string, query: string) => `${server.url.replace("127.0.0.1", host)}?${query}`;
    const isEncrypted = async (url: string) => {
      const session = await openSession(url, { statementMs: 5_000, lockMs: 5_000 });
      const { rows } = await session.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
      await session.end();
      return rows[0]?.ssl;
    };

    it.each(["verify-full", "verify-ca", "require", "prefer"])(
      "checks who made the certificate and for whom: sslmode=%s",
      async (mode) => {
        const trusting = `sslmode=${mode}&sslrootcert=${file("own.pem")}`;
        expect(await isEncrypted(urlOf("localhost", trusting))).toBe(true);
        await expect(isEncrypted(urlOf("127.0.0.1", trusting))).rejects.toThrow("does not match");
        const others = `sslmode=${mode}&sslrootcert=${file("foreign.pem")}`;
        await expect(isEncrypted(urlOf("localhost", others))).rejects.toThrow("self-signed");
        await expect(isEncrypted(urlOf("localhost", `sslmode=${mode}`))).rejects.toThrow("self-signed");
      },
    );

    it("does as it is told where it is told not to check, or to do without", async () => {
      expect(await isEncrypted(urlOf("127.0.0.1", "sslmode=no-verify"))).toBe(true);
      expect(await isEncrypted(urlOf("127.0.0.1", "sslmode=disable"))).toBe(false);
    });

    it("holds for every session of an open database, the one for locks included", async () => {
      const url = urlOf(
        "localhost",
        `sslmode=verify-full&sslrootcert=${file("own.pem")}&application_name=tls`,
      );
      const database = await openDatabase({ kind: "postgres", url });
      const locks = await database.openLocks();
      await Promise.all([
        database.orm.execute("select 1"),
        database.auditOrm.execute("select 1"),
        database.jobOrm.execute("select 1"),
      ]);
      const { rows } = (await database.orm.execute(
        "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'tls'",
      )) as unknown as { rows: unknown[] };
      expect(rows).toEqual([{ ssl: true }]);
      await locks.close();
      await database.close();
    });
  },
);
