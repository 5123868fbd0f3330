import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";

/** PostgreSQL and the file system: no room left. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FULL = /^(53100|ENOSPC)$/;
/** It answers, and refuses what it was given: data, constraints, limits of its own such as an index row's length. */
const DATA = /^(21|22|23|44|54)[0-9A-Z]{3}$/;
/** The same, and syntax. That is a mistake of ours and no trouble of its own. */
const MISTAKE = /^(0A|21|22|23|42|44|54)/;
const NO_ROOM = /No space left on device|could not extend file/i;

const AWAY = "DatabaseAway";

/** A wait on the database that came to its end, or a connection that none could be had of. */
export class DatabaseAway extends Error {
  readonly code: string;
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    // Known by name: what the bundler makes of this file twice are two classes.
    this.name = AWAY;
    this.code = sqlStateOf(cause) ?? "ETIMEDOUT";
  }
}

/**
 * The failure to tell when the console's own database is the reason of `error`: what an open database throws is a
 * failed query. Undefined for everything else.
 */
export function databaseTroubleOf(error: unknown): ConsoleFailure | undefined {
  const isTrouble =
    (isFailedQuery(error) || isAway(error)) && !causesOf(error).some(({ code = "" }) => MISTAKE.test(code));
  return isTrouble ? databaseFailure(error) : undefined;
}

/** The same for a database that could not be opened. */
export function databaseFailure(cause: unknown): ConsoleFailure {
  const message = causesOf(cause).some(
    ({ code = "", message = "" }) => FULL.test(code) || NO_ROOM.test(message),
  )
    ? "The console's database disk is full, so nothing new can be stored. Existing data is safe."
    : "The console's database isn't responding. Try again shortly.";
  return new ConsoleFailure({ code: "unavailable", message }, { cause });
}

/** The SQLSTATE, or the system's code, that an error carries. */
export const sqlStateOf = (error: unknown): string | undefined =>
  causesOf(error).find(({ code }) => typeof code === "string")?.code;

/**
 * Why the database, which is there, refused the data that it was given: an SQLSTATE, or the name of what the driver
 * threw before it sent anything. Undefined when another row could have had the same error.
 */
export function refusedDataCode(error: unknown): string | undefined {
  const code = sqlStateOf(error);
  if (code !== undefined) return DATA.test(code) ? code : undefined;
  const local = causesOf(error).find((each) => each instanceof TypeError || each instanceof RangeError);
  return local && (local as unknown as Error).name;
}

type Thrown = { name?: string; code?: string; message?: string; cause?: unknown };

/** An error and what caused it, outermost first. */
export function causesOf(error: unknown): Thrown[] {
  if (typeof error !== "object" || error === null) return [];
  const thrown = error as Thrown;
  return [thrown, ...(thrown.cause === error ? [] : causesOf(thrown.cause))];
}

const isFailedQuery = (error: unknown) => causesOf(error).some((each) => "query" in each && "params" in each);
const isAway = (error: unknown) => causesOf(error).some(({ name }) => name === AWAY);
