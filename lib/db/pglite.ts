import "server-only";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { locksInProcess } from "./database-locks";
import { DatabaseAway } from "./database-trouble";
import { lockFolder } from "./folder-lock";
import { toParameter } from "./parameters";
import { type Database, migrationsFolder, schema } from "./types";

/** Queries wait for each other, and for a transaction that somebody has open. */
const PATIENCE_MS = 30_000;

/** Opens the embedded database of a folder, which is this process's alone until it is closed or the process ends. */
export async function openFolder(folder: string, asItIs = false): Promise<Database> {
  if (!asItIs) await mkdir(folder, { recursive: true });
  else if (!existsSync(join(folder, "pglite"))) throw new Error(`There is no database in ${folder}.`);
  const lock = await lockFolder(folder);
  try {
    const client = await PGlite.create(join(folder, "pglite"), BYTES);
    const database = asItIs ? opened(client) : await migrated(client);
    return { ...database, close: () => database.close().finally(lock.release) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Databases in memory begin as copies of one: making a cluster takes two seconds, copying it a quarter of that. */
export async function openInMemory(): Promise<Database> {
  return migrated(await PGlite.create({ ...BYTES, loadDataDir: await migratedCluster() }));
}

let cluster: Promise<Blob> | undefined;

function migratedCluster(): Promise<Blob> {
  cluster ??= PGlite.create().then(async (client) => {
    await migrate(drizzle(client), { migrationsFolder });
    return client.dumpDataDir("none").finally(() => client.close());
  });
  return cluster;
}

/** PGlite's own way takes a second for 10 MB of bytes, since it reads digit by digit. */
const BYTES = {
  parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), "hex") },
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}` },
};

async function migrated(client: PGlite): Promise<Database> {
  await migrate(drizzle(client), { migrationsFolder });
  return opened(client);
}

function opened(client: PGlite): Database {
  const orm = drizzle(withinLimits(client), { schema });
  const held = new Map<string, object>();
  return {
    orm,
    auditOrm: orm,
    jobOrm: orm,
    engine: "PGlite",
    ping: async () => {
      await orm.execute(sql`select 1`);
    },
    openLocks: async () => locksInProcess(held),
    close: () => client.close(),
  };
}

type Queries = Pick<PGlite, "query">;

/** The same client: no wait is without an end, and every value goes through the door for text. */
function withinLimits(client: PGlite): PGlite {
  const transaction: PGlite["transaction"] = (work) =>
    inTime(client.transaction((inner) => work(withParameters(inner))));
  return new Proxy(withParameters(client), {
    get: (target, name) => {
      if (name === "transaction") return transaction;
      const member = Reflect.get(target, name);
      if (name === "query") return (...given: Parameters<PGlite["query"]>) => inTime(member(...given));
      return typeof member === "function" ? member.bind(client) : member;
    },
  });
}

const withParameters = <Client extends Queries>(client: Client): Client =>
  new Proxy(client, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (name === "query") {
        return (text: string, values?: unknown[], options?: object) =>
          target.query(text, values?.map(toParameter), options);
      }
      return typeof member === "function" ? member.bind(target) : member;
    },
  });

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseAway(`The embedded database has not answered for ${PATIENCE_MS / 1_000} s.`)),
      PATIENCE_MS,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
