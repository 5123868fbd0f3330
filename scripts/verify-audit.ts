/** `npm run verify-audit`, and `node scripts/verify-audit.mjs` in the container: reads the whole audit and says whether a row was changed, taken out or put in. */
import { parseArgs } from "node:util";
import { acceptBreaks } from "../lib/audit/accept-breaks";
import { verifyAuditChain } from "../lib/audit/verify-audit-chain";
import { describeBreak } from "../lib/audit-trail/types";
import { readConfig } from "../lib/config/config";
import { readEnvironment } from "../lib/config/read-environment";
import { openDatabase } from "../lib/db/database";

const usage = `Checks the audit's chain of hashes in the database that the environment names.

  npm run verify-audit -- [--expect SEQUENCE:HASH]
  npm run verify-audit -- --repair --who NAME --why TEXT

--expect takes the line that an earlier check printed: rows cut off at the end since then show too.
--repair changes no row. It appends one that accepts every break named by this check as it is now, with who accepts it
and why. The chain then counts as whole, until one of those rows is changed again.
An embedded database (no DATABASE_URL) can be opened by one process: stop the console, or use its page Audit.
The tables are read as they are, and no other is touched: a database role that may SELECT from audit_rows is enough, and
--repair needs INSERT as well. An audit of another version of the console is checked by that version's command.
In the container: node scripts/verify-audit.mjs, with the same parameters.
The exit code is 1 when the chain is broken, 2 when it cannot be read.`;

const { values } = parseArgs({
  options: {
    expect: { type: "string" },
    repair: { type: "boolean", default: false },
    who: { type: "string" },
    why: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  process.exitCode = await verify().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  });
}

async function verify(): Promise<number> {
  const { expect, repair, who, why } = values;
  const noted = expect === undefined ? undefined : readNoted(expect);
  if (repair && !(who?.trim() && why?.trim())) throw new Error("--repair needs --who and --why.");
  const database = await openDatabase(readConfig(readEnvironment(process.env)).database, { asItIs: true });
  try {
    const { rows, breaks = [], wholeFrom, accepted = 0, head } = await verifyAuditChain(database, noted);
    for (const each of breaks) console.error(`${describeBreak(each)}.`);
    if (breaks.length > 0) {
      console.error(
        `BROKEN at ${breaks.length === 1 ? "one place" : `${breaks.length} places`} of ${rows} rows. ${
          wholeFrom === undefined ? "The end is one of them." : `Whole from row ${wholeFrom} on.`
        }`,
      );
      if (!repair || !who || !why) return 1;
      await acceptBreaks(database, breaks, { who, why, at: new Date() });
      const after = await verifyAuditChain(database, noted);
      console.log(`Accepted on record.\n${after.rows}:${after.head}`);
      return after.brokenAt === undefined ? 0 : 1;
    }
    console.log(
      `The chain is whole: ${rows} rows${accepted > 0 ? `, ${accepted} of them accepted on record` : ""}.\n${rows}:${head}`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

function readNoted(text: string) {
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!sequence || !hash) throw new Error(`--expect must be SEQUENCE:HASH, not "${text}".`);
  return { sequence: Number(sequence), hash };
}
