import "server-only";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import type { Config } from "@/lib/config";
import { lockFolder } from "./folder-lock";
import * as schema from "./schema";

/** Queries, the same for both engines. */
export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Database = {
  orm: Orm;
  engine: "PGlite" | "PostgreSQL";
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Where `npm start`, the tests and the container image all have them: beside the sources. */
const migrationsFolder = join(process.cwd(), "lib", "db", "migrations");

/** Any number, but the same in every replica: whoever holds it migrates. */
const MIGRATION_LOCK = 4_600_001;

/** Opens the database and brings its tables up to date. `memory` is PGlite without a folder, for tests. */
export async function openDatabase(place: Config["database"] | { kind: "memory" }): Promise<Database> {
  return place.kind === "postgres" ? openPostgres(place.url) : openPglite(place);
}

async function openPglite(place: { kind: "pglite"; folder: string } | { kind: "memory" }): Promise<Database> {
  if (place.kind === "memory") return migratedPglite(await PGlite.create());
  await mkdir(place.folder, { recursive: true });
  const lock = lockFolder(place.folder);
  try {
    const database = await migratedPglite(await PGlite.create(join(place.folder, "pglite")));
    return { ...database, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function migratedPglite(client: PGlite): Promise<Database> {
  const orm = drizzlePglite(client, { schema });
  await migratePglite(orm, { migrationsFolder });
  return {
    orm,
    engine: "PGlite",
    ping: async () => {
      await orm.execute(sql`select 1`);
    },
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
