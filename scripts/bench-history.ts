/**
 * `npm run bench:history [-- backfill pglite postgres large pages]`, without words the first three: what of the API
 * budget a backfill uses, how fast the history's questions are answered on both engines beside the same figures from
 * raw rows, and the memory of the process. 100,000 builds; `large` is 5,000,000 on PostgreSQL, at BENCH_DATABASE_URL
 * where it is given: there a second run measures what the first has planted. `pages` times the pages of a running
 * console, BENCH_CONSOLE_URL; `pglite` leaves its rows for one in the data folder BENCH_DATA.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { HISTORY_SYNC } from "../lib/auth/history-sync";
import { LOCAL_ADMINISTRATOR } from "../lib/auth/local-administrator";
import { createAwsGateway } from "../lib/aws/gateway";
import { systemClock } from "../lib/clock";
import { readConfig } from "../lib/config";
import { type Database, openDatabase } from "../lib/db/database";
import { addDays, dayAt } from "../lib/history/calendar-day";
import { historyBuildsSchema, historyQuestionSchema } from "../lib/history/schemas";
import { countFailures, readFirstFailures } from "../lib/history/statistics/count-failures";
import { countFindings, readImagesWithFindings } from "../lib/history/statistics/count-findings";
import { countByPipeline, countResults, readStandings } from "../lib/history/statistics/count-results";
import { HistoryScope } from "../lib/history/statistics/history-scope";
import { listBuilds } from "../lib/history/statistics/list-builds";
import { measureDurations } from "../lib/history/statistics/measure-durations";
import { readChanges, readLineage } from "../lib/history/statistics/read-changes";
import { countKeptImages, sumBuildHours } from "../lib/history/statistics/sum-costs";
import { compareBuilds, saveStandings } from "../lib/history/sync/compare-builds";
import { countKept } from "../lib/history/sync/count-kept";
import { rollUpDays } from "../lib/history/sync/refresh-rollups";
import { TargetSync } from "../lib/history/sync/target-sync";
import { HISTORY_SHOWS, type HistoryRange } from "../lib/history/types";
import { contextIn, type UseCaseContext } from "../lib/image-builder/use-case-context";
import { startSimulator } from "../lib/simulator";
import { findPostgres, startPostgres } from "../lib/testing/postgres-server";

const ROUNDS = 20;
const BACKFILL_SECONDS = 30;
const today = dayAt("UTC", Date.now());
const range: HistoryRange = {
  from: addDays(today, -29),
  to: today,
  days: 30,
  beforeFrom: addDays(today, -59),
  beforeTo: addDays(today, -30),
  timeZone: "UTC",
};
type Size = { builds: number; targets: number; pipelines: number; days: number };
const SMALL: Size = { builds: 100_000, targets: 1, pipelines: 40, days: 365 };
const LARGE: Size = { builds: 5_000_000, targets: 50, pipelines: 40, days: 730 };

const asked = process.argv.slice(2);
console.log(`load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
const isAsked = (piece: string) =>
  asked.length > 0 ? asked.includes(piece) : !["large", "pages"].includes(piece);

if (isAsked("backfill")) await benchBackfill();
if (isAsked("pglite")) {
  const folder = process.env.BENCH_DATA ?? mkdtempSync(join(tmpdir(), "goldsmith-bench-"));
  await benchEngine(await openDatabase({ kind: "pglite", folder: join(folder, "database") }), SMALL);
  if (!process.env.BENCH_DATA) rmSync(folder, { recursive: true, force: true });
}
if (isAsked("postgres")) await benchPostgres(SMALL);
if (isAsked("large")) await benchPostgres(LARGE, process.env.BENCH_DATABASE_URL);
if (isAsked("pages")) await benchPages(process.env.BENCH_CONSOLE_URL ?? "http://127.0.0.1:3000");
process.exit(0);

/** Pages as a browser gets them, and the answers alone, which is what another filter asks for. */
async function benchPages(address: string): Promise<void> {
  console.log(`\npages of ${address}, target t0`);
  for (const show of HISTORY_SHOWS) {
    await time(`page ${show}`, () => readAll(`${address}/t0/history?show=${show}`));
    await time(`answer ${show}`, () => readAll(`${address}/api/t0/history/${show}?days=90&pipeline=p1`));
  }
}

async function readAll(url: string): Promise<void> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text.slice(0, 200)}`);
}

async function benchPostgres(size: Size, url?: string): Promise<void> {
  if (url) return benchEngine(await openDatabase({ kind: "postgres", url }), size);
  const place = findPostgres();
  if (!place) return console.log("PostgreSQL: not found here");
  const server = await startPostgres(place);
  await benchEngine(await openDatabase({ kind: "postgres", url: server.url }), size);
  await server.stop();
}

/** How much of 3 calls a second a backfill makes, against the simulator over HTTP. */
async function benchBackfill(): Promise<void> {
  const simulator = await startSimulator({ port: 0, seed: "builds=1000" });
  const database = await openDatabase({ kind: "memory" });
  const config = { ...readConfig({}), aws: { endpoint: simulator.url, credentials: "account-id" as const } };
  let throttles = 0;
  const aws = createAwsGateway({
    aws: config.aws,
    clock: systemClock,
    onCall: ({ outcome }) => {
      if (outcome === "throttled") throttles++;
    },
  });
  const ctx = contextIn(
    { config, clock: systemClock, database: async () => database, aws },
    { targetId: "demo", actor: HISTORY_SYNC },
  );
  const sync = new TargetSync(ctx, database, { ratePerSecond: 3, timeZone: "UTC" });
  const startedAt = Date.now();
  while (Date.now() - startedAt < BACKFILL_SECONDS * 1000) await sync.step();
  const rate = sync.calls / ((Date.now() - startedAt) / 1000);
  console.log(
    `backfill: ${rate.toFixed(2)} of 3 calls a second, ${((rate / 3) * 100).toFixed(0)}% of the budget, ${throttles} throttles`,
  );
  await database.close();
  await simulator.close();
}

async function benchEngine(database: Database, size: Size): Promise<void> {
  const { orm, engine } = database;
  const { builds, targets, pipelines } = size;
  console.log(
    `\n${engine}: ${builds.toLocaleString("en")} builds, ${targets * pipelines} pipelines, ${targets} targets, 30 days`,
  );
  const startedAt = Date.now();
  await plant(database, size);
  console.log(`planted and rolled up in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);

  const all = Array.from({ length: targets }, (_, index) => ({ id: `t${index}` }));
  const scopeOf = (input: { targets?: "all"; pipeline?: string }) =>
    HistoryScope.of(
      { actor: LOCAL_ADMINISTRATOR, target: all[0], targets: all } as unknown as UseCaseContext,
      historyQuestionSchema.parse(input),
    );
  const question = historyBuildsSchema.parse({ result: "failed" });
  const standing = { nowMs: Date.now(), freshWithinDays: 14 };
  const scopes = {
    "one target": scopeOf({}),
    "one pipeline": scopeOf({ pipeline: "p1" }),
    ...(targets > 1 && { "all targets": scopeOf({ targets: "all" }) }),
  };
  for (const [name, scope] of Object.entries(scopes)) {
    console.log(` ${name}`);
    await time("results by day", () => countResults(orm, scope, range));
    await time("run calendar", () => countByPipeline(orm, scope, range));
    await time("where pipelines stand", () => readStandings(orm, scope, standing));
    await time("causes of failures", () => countFailures(orm, scope, range));
    await time("first failures", () => readFirstFailures(orm, scope, range));
    await time("durations, six figures", () => measureDurations(orm, scope, range));
    await time("changes", () => readChanges(orm, scope, range));
    await time("lineage", () => readLineage(orm, scope));
    await time("findings over time", () => countFindings(orm, scope, range));
    await time("images with findings", () => readImagesWithFindings(orm, scope));
    await time("build hours", () => sumBuildHours(orm, scope, range));
    await time("images kept", () => countKeptImages(orm, scope));
    await time("failed builds, first page", () => listBuilds(orm, scope, { range, question, limit: 50 }));
    await time("(raw rows) results by day", () =>
      orm.execute(sql`select b.day, b.result, count(*) from history_builds b
        where ${scope.builds("b")} and b.day between ${range.beforeFrom} and ${range.to} group by 1, 2`),
    );
    await time("(raw rows) duration of builds", () =>
      orm.execute(sql`select percentile_disc(array[0.5, 0.95]) within group (order by b.duration_ms) from history_builds b
        where ${scope.builds("b")} and b.result = 'succeeded' and b.day between ${range.from} and ${range.to}`),
    );
  }
  console.log(` memory of this process: ${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MiB`);
  await database.close();
}

async function time(name: string, work: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => (took[Math.ceil(took.length * share) - 1] ?? 0).toFixed(1).padStart(7);
  console.log(`  ${name.padEnd(30)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms`);
}

/** Rows as a sync leaves them, made in the database, for the targets that have none yet. */
async function plant({ orm }: Database, { builds, targets, pipelines, days }: Size): Promise<void> {
  const perTarget = builds / targets;
  const planted = await orm.execute(sql`select target_id from history_sync`);
  const isPlanted = new Set(
    (planted as unknown as { rows: { target_id: string }[] }).rows.map((row) => row.target_id),
  );
  for (let index = 0; index < targets; index++) {
    const target = `t${index}`;
    if (isPlanted.has(target)) continue;
    // What a run that was interrupted has left.
    await orm.execute(sql`delete from history_builds where target_id = ${target}`);
    await orm.execute(sql`
      insert into history_builds (target_id, arn, name, version, build, display_name, pipeline, status, result, created_at, day,
        duration_ms, image_type, recipe_name, recipe_version, base_ami, instance_type, volume_gib, components, amis,
        failed_stage, failed_step, failed_component, rule, rule_title, findings_all, findings_critical, findings_high, findings_medium,
        seen_at, detailed_at)
      select ${target}::text, ${target}::text || '/' || i, 'image-' || p, '1.0.0', i::text, 'image', 'p' || p,
        case when bad then 'FAILED' else 'AVAILABLE' end, case when bad then 'failed' else 'succeeded' end, at, at::date,
        900000 + (i * 7919) % 900000, 'AMI', 'recipe', '1.' || (i / 20000) || '.0', 'ami-' || (i / 5000), 'm7i.large', 8,
        '[{"name":"baseline","version":"1.0.0"}]'::jsonb, '[{"region":"us-east-1","amiId":"ami-1"}]'::jsonb,
        case when bad then 'BUILDING' end, case when bad then 'Apply' end, case when bad then 'component-' || i % 17 end,
        case when bad then 'C' || i % 12 end, case when bad then 'Cause ' || i % 12 end,
        case when not bad then i % 40 end, case when not bad then i % 3 end, case when not bad then i % 7 end, case when not bad then i % 11 end,
        at, at
      from (
        select i, i % ${pipelines}::int as p, (i * 31) % 100 < 9 as bad,
          now() - (${perTarget}::float8 - i) / ${perTarget}::float8 * ${days}::int * interval '1 day' as at
        from generate_series(1, ${perTarget}::int) i
      ) made`);
    await orm.execute(sql`
      insert into history_steps (build_id, ordinal, kind, stage, name, status, duration_ms)
      select b.id, s.ordinal, s.kind, s.stage, s.name, 'COMPLETED', s.about + (b.id * 104729) % s.about
      from history_builds b cross join (values
        (0, 'stage', 'Create', 'Create', 20000), (1, 'stage', 'Build', 'Build', 600000), (2, 'stage', 'Test', 'Test', 200000),
        (3, 'step', 'Build', 'LaunchBuildInstance', 60000), (4, 'step', 'Build', 'ApplyBuildComponents', 400000),
        (5, 'step', 'Build', 'CreateOutputAMI', 120000), (6, 'step', 'Test', 'LaunchTestInstance', 60000),
        (7, 'step', 'Test', 'ApplyTestComponents', 90000)
      ) s (ordinal, kind, stage, name, about)
      where b.target_id = ${target} and b.day >= ${range.beforeFrom}`);
    await rollUpDays(orm, target);
    const names = Array.from({ length: pipelines }, (_, pipeline) => `p${pipeline}`);
    await saveStandings(orm, target, names);
    await countKept(orm, target, names);
    const { rows } = (await orm.execute(
      sql`select id from history_builds where target_id = ${target} and day >= ${range.beforeFrom}`,
    )) as unknown as { rows: { id: string }[] };
    for (let from = 0; from < rows.length; from += 2000)
      await compareBuilds(
        orm,
        rows.slice(from, from + 2000).map(({ id }) => Number(id)),
      );
    await orm.execute(
      sql`insert into history_sync (target_id, time_zone, updated_at) values (${target}, 'UTC', now())`,
    );
  }
  await orm.execute(sql`analyze`);
}
