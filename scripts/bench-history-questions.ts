import { type SQL, sql } from "drizzle-orm";
import { LOCAL_ADMINISTRATOR } from "../lib/auth/local-administrator";
import type { Database, Orm } from "../lib/db/database";
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
import type { HistoryRange } from "../lib/history/types";
import type { UseCaseContext } from "../lib/use-case/use-case-context";
import type { Size } from "./bench-history-rows";
import { inWords, timeRounds } from "./bench-history-times";

const ROUNDS = 20;
const RAW_ROUNDS = 5;

/** `raw`: the same figures from the rows of builds, where the answer comes from rollups. */
type Question = { name: string; ask: () => Promise<unknown>; raw?: SQL };

/** Asks every question of the dashboards about one target, one pipeline and all targets, and says which miss the goal. */
export async function timeQuestions(
  { orm }: Database,
  { targets }: Size,
  { goalMs, days }: { goalMs: number; days: number },
): Promise<void> {
  const all = Array.from({ length: targets }, (_, index) => ({ id: `t${index}` }));
  const scopeOf = (input: { targets?: "all"; pipeline?: string }) =>
    HistoryScope.of(
      { actor: LOCAL_ADMINISTRATOR, target: all[0], targets: all } as unknown as UseCaseContext,
      historyQuestionSchema.parse(input),
    );
  const scopes = {
    "one target": scopeOf({}),
    "one pipeline": scopeOf({ pipeline: "p2" }),
    ...(targets > 1 && { "all targets": scopeOf({ targets: "all" }) }),
  };
  const missed: string[] = [];
  for (const [about, scope] of Object.entries(scopes)) {
    console.log(` ${about}, ${days} days`);
    for (const { name, ask, raw } of questionsOf(orm, scope, lastDays(days))) {
      const times = await timeRounds(ROUNDS, ask);
      const rawTimes = raw && (await timeRounds(RAW_ROUNDS, () => orm.execute(raw)));
      console.log(
        `  ${name.padEnd(30)} ${inWords(times)}${rawTimes ? `   raw rows ${inWords(rawTimes)}` : ""}`,
      );
      if (times.p95 > goalMs) missed.push(`${name} of ${about}`);
    }
  }
  console.log(` over ${goalMs} ms in p95: ${missed.join(", ") || "none"}`);
}

function questionsOf(orm: Orm, scope: HistoryScope, range: HistoryRange): Question[] {
  const failed = historyBuildsSchema.parse({ result: "failed" });
  const every = historyBuildsSchema.parse({});
  const standing = { nowMs: Date.now(), freshWithinDays: 14 };
  const builds = scope.builds("b");
  const inRange = sql`${builds} and b.day between ${range.from} and ${range.to}`;
  const inBoth = sql`${builds} and b.day between ${range.beforeFrom} and ${range.to}`;
  return [
    {
      name: "results by day",
      ask: () => countResults(orm, scope, range),
      raw: sql`select b.day, b.result, count(*) from history_builds b where ${inBoth} group by 1, 2`,
    },
    {
      name: "run calendar",
      ask: () => countByPipeline(orm, scope, range),
      raw: sql`select b.target_id, b.pipeline, b.day, b.result, count(*) from history_builds b
        where ${inRange} group by 1, 2, 3, 4`,
    },
    {
      name: "where pipelines stand",
      ask: () => readStandings(orm, scope, standing),
      raw: sql`select b.target_id, b.pipeline, max(b.created_at),
          max(b.created_at) filter (where b.result = 'succeeded' and b.gone_at is null and b.status not in ('DELETED', 'DISABLED'))
        from history_builds b where ${builds} group by 1, 2`,
    },
    { name: "causes of failures", ask: () => countFailures(orm, scope, range) },
    { name: "first failures", ask: () => readFirstFailures(orm, scope, range) },
    {
      name: "durations, six figures",
      ask: () => measureDurations(orm, scope, range),
      raw: sql`select s.kind, s.stage, s.name, percentile_disc(array[0.5, 0.95]) within group (order by s.duration_ms)
        from history_builds b join history_steps s on s.build_id = b.id where ${inRange} group by 1, 2, 3`,
    },
    { name: "changes", ask: () => readChanges(orm, scope, range) },
    { name: "lineage", ask: () => readLineage(orm, scope) },
    { name: "findings over time", ask: () => countFindings(orm, scope, range) },
    { name: "images with findings", ask: () => readImagesWithFindings(orm, scope) },
    {
      name: "build hours",
      ask: () => sumBuildHours(orm, scope, range),
      raw: sql`select b.instance_type, count(*), sum(b.duration_ms) from history_builds b where ${inBoth} group by 1`,
    },
    {
      name: "images kept",
      ask: () => countKeptImages(orm, scope),
      raw: sql`select b.target_id, b.pipeline, count(*), sum(b.volume_gib * jsonb_array_length(b.amis)) from history_builds b
        where ${builds} and b.result = 'succeeded' and b.gone_at is null group by 1, 2`,
    },
    {
      name: "builds, first page",
      ask: () => listBuilds(orm, scope, { range, question: every, limit: 50 }),
    },
    {
      name: "failed builds, first page",
      ask: () => listBuilds(orm, scope, { range, question: failed, limit: 50 }),
    },
  ];
}

function lastDays(days: number): HistoryRange {
  const to = dayAt("UTC", Date.now());
  const from = addDays(to, 1 - days);
  return { from, to, days, beforeFrom: addDays(from, -days), beforeTo: addDays(from, -1), timeZone: "UTC" };
}
