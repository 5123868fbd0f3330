import "server-only";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import { lockFolder } from "./folder-lock";
import * as historySchema from "./history-schema";
import * as mainSchema from "./schema";

const schema = { ...mainSchema, ...historySchema };

/** Queries, the same for both engines. */
export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Database = {
  orm: Orm;
  engine: "PGlite" | "PostgreSQL";
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Opens a session that holds locks for this process; see `DatabaseLocks`. */
  openLocks(): Promise<DatabaseLocks>;
  close(): Promise<void>;
};

/** Locks that one process at a time holds. They end with the session, also when the process is killed. */
export type DatabaseLocks = {
  /** True when `name` is now, or was already, this session's. */
  tryLock(name: string): Promise<boolean>;
  unlock(name: string): Promise<void>;
  /** Rejects when the session is gone, and its locks with it. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** Where `npm start`, the tests and the container image all have them: beside the sources. */
const migrationsFolder = join(process.cwd(), "lib", "db", "migrations");

/** Any number, but the same in every replica: whoever holds it migrates. */
const MIGRATION_LOCK = 4_600_001;
/** First half of the key of all named locks. */
const NAMED_LOCKS = 4_600_002;

/** Where rows are kept; `memory` is PGlite without a folder, for tests. */
export type DatabasePlace =
  | { kind: "postgres"; url: string }
  | { kind: "pglite"; folder: string }
  | { kind: "memory" };

/** Opens the database and brings its tables up to date. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  return place.kind === "postgres" ? openPostgres(place.url) : openPglite(place);
}

async function openPglite(place: { kind: "pglite"; folder: string } | { kind: "memory" }): Promise<Database> {
  if (place.kind === "memory") {
    return migratedPglite(await PGlite.create({ ...BYTES, loadDataDir: await migratedCluster() }));
  }
  await mkdir(place.folder, { recursive: true });
  const lock = lockFolder(place.folder);
  try {
    const database = await migratedPglite(await PGlite.create(join(place.folder, "pglite"), BYTES));
    return { ...database, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** PGlite's own way takes a second for 10 MB of bytes, since it reads digit by digit. */
const BYTES = {
  parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), "hex") },
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}` },
};

let cluster: Promise<Blob> | undefined;

/** Databases in memory begin as copies of one: making a cluster takes two seconds, copying it a quarter of that. */
function migratedCluster(): Promise<Blob> {
  cluster ??= PGlite.create().then(async (client) => {
    await migratePglite(drizzlePglite(client), { migrationsFolder });
    return client.dumpDataDir("none").finally(() => client.close());
  });
  return cluster;
}

async function migratedPglite(client: PGlite): Promise<Database> {
  const orm = drizzlePglite(client, { schema });
  await migratePglite(orm, { migrationsFolder });
  const held = new Map<string, object>();
  return {
    orm,
    engine: "PGlite",
    ping: async () => {
      await orm.execute(sql`select 1`);
    },
    openLocks: async () => locksInProcess(held),
    close: () => client.close(),
  };
}

async function openPostgres(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5_000 });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  const orm = drizzlePostgres(pool, { schema });
  try {
    await migrateAlone(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    orm,
    engine: "PostgreSQL",
    ping: async () => {
      await orm.execute(sql`select 1`);
    },
    openLocks: () => locksOfSession(connectionString),
    close: () => pool.end(),
  };
}

/** Replicas that start together migrate one after another, on the connection that holds the lock. */
async function migrateAlone(pool: pg.Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(connection), { migrationsFolder });
    await connection.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    connection.release();
  } catch (error) {
    // Destroyed, not returned: the lock goes with the connection.
    connection.release(true);
    throw error;
  }
}

/** PGlite has one process, so that it is enough to keep its own sessions apart. */
function locksInProcess(held: Map<string, object>): DatabaseLocks {
  const session = {};
  return {
    tryLock: async (name) => {
      if (!held.has(name)) held.set(name, session);
      return held.get(name) === session;
    },
    unlock: async (name) => {
      if (held.get(name) === session) held.delete(name);
    },
    check: async () => undefined,
    close: async () => {
      for (const [name, holder] of held) if (holder === session) held.delete(name);
    },
  };
}

/** Advisory locks, on a connection of their own: https://www.postgresql.org/docs/current/explicit-locking.html */
async function locksOfSession(connectionString: string): Promise<DatabaseLocks> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, keepAlive: true });
  // The next `check` says so; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  const held = new Set<string>();
  return {
    tryLock: async (name) => {
      if (held.has(name)) return true;
      const { rows } = await client.query("select pg_try_advisory_lock($1, hashtext($2)) as locked", [
        NAMED_LOCKS,
        name,
      ]);
      if (rows[0]?.locked === true) held.add(name);
      return held.has(name);
    },
    unlock: async (name) => {
      if (held.delete(name))
        await client.query("select pg_advisory_unlock($1, hashtext($2))", [NAMED_LOCKS, name]);
    },
    check: async () => {
      await client.query("select 1");
    },
    close: () => client.end(),
  };
}
