import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { normalizeName } from "@/lib/core/name-rule";

/**
 * What lib/core/name-rule.ts and arn.ts say of names, as SQL: a list that is filtered by the database shows what the rest of the console
 * permits. lib/testing/name-scopes.test.ts holds both against each other.
 */

/** `namedSo`: whether a name begins so, as AWS compares names. */
export const namedSoInSql = (name: SQL, prefix: string): SQL =>
  sql`starts_with(translate(${name}, ${sql.raw(`'${UPPER} _'`)}, ${sql.raw(`'${UPPER.toLowerCase()}--'`)}), ${normalizeName(prefix)})`;

/** `nameInArn`: the name in an ARN of Image Builder; any other text as it is. */
export const nameInArnInSql = (text: SQL): SQL =>
  sql`coalesce(substring(${text} from ${ARN_WITH_NAME}), ${text})`;

/** A pattern of `like` for what holds a text. `%` and `_` are plain characters to the person who typed them. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;

// Neither depends on the database's language: its lower() knows letters that JavaScript does not, and the other way round.
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** What JavaScript's \s is. */
const SPACE = String.raw`\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;
const PART = `[^/:${SPACE}]`;
const ARN_WITH_NAME = [
  `^arn:aws[-a-z]*:imagebuilder:[-a-z0-9]*:[^:${SPACE}]*:`,
  `(?:workflow/${PART}*|(?!workflow/)${PART}+)/(${PART}+)(?:/${PART}+){0,2}$`,
].join("");
