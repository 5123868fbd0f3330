import "server-only";
import { join } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import * as amiSchema from "./ami-schema";
import * as historySchema from "./history-schema";
import * as notificationSchema from "./notification-schema";
import * as rollOutSchema from "./roll-out-schema";
import * as mainSchema from "./schema";

export const schema = {
  ...mainSchema,
  ...historySchema,
  ...notificationSchema,
  ...rollOutSchema,
  ...amiSchema,
};

/** Where `npm start`, the tests and the container image all have them: beside the sources. */
export const migrationsFolder = join(process.cwd(), "lib", "db", "migrations");

/** Queries, the same for both engines. */
export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Database = {
  /** What somebody waits for: a statement ends within 15 s. */
  orm: Orm;
  /** The audit's appends, on connections that nothing else uses up: a statement ends within 3 s. */
  auditOrm: Orm;
  /** Work for which nobody waits: a statement ends within 5 minutes. */
  jobOrm: Orm;
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

/** Where rows are kept; `memory` is PGlite without a folder, for tests. */
export type DatabasePlace =
  | { kind: "postgres"; url: string }
  | { kind: "pglite"; folder: string }
  | { kind: "memory" };
