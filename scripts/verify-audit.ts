/** `npm run verify-audit`: reads the whole audit and says whether a row was changed, taken out or put in. */
import { parseArgs } from "node:util";
import { verifyAuditChain } from "../lib/audit/verify-audit-chain";
import { readConfig } from "../lib/config/config";
import { readEnvironment } from "../lib/config/read-environment";
import { openDatabase } from "../lib/db/database";

const usage = `Checks the audit's chain of hashes in the database that the environment names.

  npm run verify-audit -- [--expect SEQUENCE:HASH]

--expect takes the line that an earlier check printed: rows cut off at the end since then show too.
An embedded database (no DATABASE_URL) can be opened by one process: stop the console, or use its page Audit.
The exit code is 1 when the chain is broken, 2 when it cannot be read.`;

const { values } = parseArgs({
  options: { expect: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
});

if (values.help) {
  console.log(usage);
} else {
  process.exitCode = await verify(values.expect).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  });
}

async function verify(expected: string | undefined): Promise<number> {
  const noted = expected === undefined ? undefined : readNoted(expected);
  const database = await openDatabase(readConfig(readEnvironment(process.env)).database);
  try {
    const { rows, brokenAt, head } = await verifyAuditChain(database, noted);
    if (brokenAt !== undefined) {
      console.error(`BROKEN at row ${brokenAt}: ${rows} rows before it are as they were written.`);
      return 1;
    }
    console.log(`The chain is whole: ${rows} rows.\n${rows}:${head}`);
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
