import "server-only";
import { openFolder, openInMemory } from "./pglite";
import { openPostgres } from "./postgres";
import type { Database, DatabasePlace } from "./types";

export type { Database, DatabaseLocks, DatabasePlace, Orm } from "./types";

/** Opens the database and brings its tables up to date. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if (place.kind === "postgres") return openPostgres(place.url);
  return place.kind === "memory" ? openInMemory() : openFolder(place.folder);
}
