import "server-only";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { locksOfSession } from "./database-locks";
import { Liveness } from "./liveness";
import { openSession, type Patience, poolOf } from "./postgres-sessions";
import { type Database, migrationsFolder, schema } from "./types";

/** Any number, but the same in every replica: whoever holds it migrates. */
const MIGRATION_LOCK = 4_600_001;

/** What somebody waits for. */
const PAGES: Patience = { statementMs: 15_000, lockMs: 5_000 };
/** A row of the audit is stored at once or not: a write is not done while it cannot be put on record. */
const AUDIT: Patience = { statementMs: 3_000, lockMs: 1_500 };
/** Work of the history's sync through all of its rows, for which nobody waits. */
const JOBS: Patience = { statementMs: 300_000, lockMs: 60_000 };
/** Tables may be large, and another replica may be at it. */
const MIGRATION: Patience = { statementMs: 1_800_000, lockMs: 300_000 };

/** Asks whether anybody is there at all. */
const LIVENESS: Patience = { statementMs: 2_000, lockMs: 2_000 };

/** Connections that a replica holds at most, with one for its locks, one for `Liveness` and one while it migrates. */
const MOST = { pages: 10, audit: 2, jobs: 3 };

/** Opens PostgreSQL and brings its tables up to date, unless it is to stay as it is. No wait on it is without an end. */
export async function openPostgres(url: string, asItIs = false): Promise<Database> {
  const liveness = new Liveness(() => openSession(url, LIVENESS));
  if (!asItIs) {
    await migrateAlone(url, liveness).catch(async (error: unknown) => {
      await liveness.close();
      throw error;
    });
  }
  const pools = {
    pages: poolOf(url, MOST.pages, PAGES, liveness),
    audit: poolOf(url, MOST.audit, AUDIT, liveness),
    jobs: poolOf(url, MOST.jobs, JOBS, liveness),
  };
  const orm = drizzle(pools.pages, { schema });
  return {
    orm,
    auditOrm: drizzle(pools.audit, { schema }),
    jobOrm: drizzle(pools.jobs, { schema }),
    engine: "PostgreSQL",
    ping: async () => {
      await orm.execute(sql`select 1`);
    },
    openLocks: async () => locksOfSession(await openSession(url, PAGES, liveness)),
    close: async () => {
      await Promise.all(Object.values(pools).map((pool: pg.Pool) => pool.end()));
      await liveness.close();
    },
  };
}

/** Replicas that start together migrate one after another, on the connection that holds the lock and takes it along. */
async function migrateAlone(url: string, liveness: Liveness): Promise<void> {
  const session = await openSession(url, MIGRATION, liveness);
  try {
    await session.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(session), { migrationsFolder });
  } finally {
    await session.end();
  }
}
