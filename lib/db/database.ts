import "server-only";
import { openFolder, openInMemory } from "./pglite";
import { openPostgres } from "./postgres";
import type { Database, DatabasePlace } from "./types";

export type { Database, DatabaseLocks, DatabasePlace, Orm } from "./types";

/**
 * Opens the database and brings its tables up to date; `asItIs` leaves them, and makes none, for whoever only looks into
 * it. Then a query of a table of another version rejects.
 */
export async function openDatabase(
  place: DatabasePlace,
  { asItIs = false }: { asItIs?: boolean } = {},
): Promise<Database> {
  if (place.kind === "postgres") return openPostgres(place.url, asItIs);
  return place.kind === "memory" ? openInMemory() : openFolder(place.folder, asItIs);
}
