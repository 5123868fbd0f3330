import { type Database, openDatabase } from "@/lib/db/database";
import { findPostgres, startPostgres } from "./postgres-server";

/** Both engines, for `describe.each`. The second one's name says which PostgreSQL runs. */
export function testEngines(): { name: string; start(): Promise<TestEngine> }[] {
  const postgres = findPostgres();
  return [
    { name: "PGlite", start: startPglite },
    ...(postgres ? [{ name: postgres.name, start: () => startPostgresEngine(postgres) }] : []),
  ];
}

export type TestEngine = {
  /** Opens one more database: for PostgreSQL another replica on the same tables, for PGlite the one there is. */
  open(): Promise<Database>;
  stop(): Promise<void>;
};

async function startPglite(): Promise<TestEngine> {
  const database = await openDatabase({ kind: "memory" });
  return { open: async () => database, stop: () => database.close() };
}

async function startPostgresEngine(place: Parameters<typeof startPostgres>[0]): Promise<TestEngine> {
  const { url, stop } = await startPostgres(place);
  const opened: Database[] = [];
  return {
    open: async () => {
      const database = await openDatabase({ kind: "postgres", url });
      opened.push(database);
      return database;
    },
    stop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await stop();
    },
  };
}
