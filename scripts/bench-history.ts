/**
 * `npm run bench:history [-- backfill pglite postgres large pages rows]`, without words the first three: what of the
 * API budget a backfill uses, how fast the history's questions are answered on both engines beside the same figures
 * from raw rows, and the memory of the process. 100,000 builds; `large` is 5,000,000 on PostgreSQL. `pages` times the
 * pages of a console over 100,000 builds in Chromium. Rows stay in the folder BENCH_DATA and the database
 * BENCH_DATABASE_URL, where one is given, so that another run measures at once; with `rows` nothing is measured.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../lib/db/database";
import { findPostgres, startPostgres } from "../lib/testing/postgres-server";
import { timeBackfill } from "./bench-history-backfill";
import { timePages } from "./bench-history-pages";
import { timeQuestions } from "./bench-history-questions";
import { makeRows, type Size } from "./bench-history-rows";

// The SDK's versions are pinned, so that what later ones will need is no news for whoever runs this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const SMALL: Size = { builds: 100_000, targets: 1, pipelines: 40, days: 365 };
const LARGE: Size = { builds: 5_000_000, targets: 50, pipelines: 40, days: 730 };
const days = Number(process.env.BENCH_DAYS ?? 30);
const givenUrl = process.env.BENCH_DATABASE_URL;

const words = process.argv.slice(2).filter((word) => word !== "rows");
const makesOnlyRows = process.argv.includes("rows");
const isAsked = (piece: string) =>
  words.length > 0 ? words.includes(piece) : ["backfill", "pglite", "postgres"].includes(piece);

console.log(`load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
if (isAsked("backfill")) await timeBackfill();
if (isAsked("pglite") || isAsked("pages")) await inFolder(benchPglite);
if (isAsked("postgres")) await benchPostgres(SMALL, 50);
if (isAsked("large")) await benchPostgres(LARGE, 200);
process.exit(0);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const given = process.env.BENCH_DATA;
  const folder = given ?? mkdtempSync(join(tmpdir(), "goldsmith-bench-"));
  await work(folder);
  if (!given) rmSync(folder, { recursive: true, force: true });
}

async function benchPglite(data: string): Promise<void> {
  const database = await openDatabase({ kind: "pglite", folder: join(data, "database") });
  await benchEngine(database, SMALL, isAsked("pglite") ? 150 : undefined);
  if (isAsked("pages") && !makesOnlyRows) await timePages({ data });
}

async function benchPostgres(size: Size, goalMs: number): Promise<void> {
  const place = findPostgres();
  if (!givenUrl && !place) return console.log("PostgreSQL: not found here");
  const server = givenUrl || !place ? undefined : await startPostgres(place);
  const url = givenUrl ?? server?.url ?? "";
  await benchEngine(await openDatabase({ kind: "postgres", url }), size, goalMs);
  await server?.stop();
}

/** Without a goal only the rows are made. */
async function benchEngine(database: Database, size: Size, goalMs: number | undefined): Promise<void> {
  const { builds, targets, pipelines } = size;
  console.log(
    `\n${database.engine}: ${builds.toLocaleString("en")} builds, ${targets * pipelines} pipelines, ${targets} targets`,
  );
  await makeRows(database, size);
  if (goalMs !== undefined && !makesOnlyRows) {
    await timeQuestions(database, size, { goalMs, days });
    console.log(` memory of this process: ${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MiB`);
  }
  await database.close();
}
