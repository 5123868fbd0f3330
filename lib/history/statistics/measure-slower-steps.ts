import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { addDays, countDays } from "../calendar-day";
import { type DayMedian, isBeyondNoise, pickSlower, sinceWhen } from "../slower-steps";
import type { BuildChange, HistoryRange, SlowerStep, SlowerSteps } from "../types";
import { type HistoryScope, readRows, within, withoutNulls } from "./history-scope";
import { inPairs, percentilesOf, readBusiest, readSums } from "./measure-durations";

/** The end of a longer range is compared with all before it: what changed within the range is seen too. */
const NOW_DAYS = 7;
const MOST_PIPELINES = 20;
const MOST_STEPS = 12;
/** Some of the steps that grew are within the noise of their days. */
const MOST_READ = 24;

type StepKey = { target: string; pipeline: string; stage: string; name: string };

/** Workflow steps whose median grew, pipeline by pipeline, so that another mix of pipelines is not taken for it. */
export async function measureSlowerSteps(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Omit<SlowerSteps, "range">> {
  const nowFrom = range.days > NOW_DAYS ? addDays(range.to, 1 - NOW_DAYS) : range.from;
  const both = { from: range.beforeFrom, to: range.to };
  const busiest = await readBusiest(orm, scope, {
    days: { from: nowFrom, to: range.to },
    limit: MOST_PIPELINES,
  });
  const said = {
    nowFrom,
    nowDays: countDays(nowFrom, range.to),
    beforeDays: countDays(range.beforeFrom, addDays(nowFrom, -1)),
    pipelines: busiest[0]?.all ?? 0,
    compared: busiest.length,
  };
  if (busiest.length === 0) return { ...said, steps: 0, slower: [] };
  const keys = {
    target: sql`r.target_id`,
    pipeline: sql`r.pipeline`,
    stage: sql`r.stage`,
    name: sql`r.name`,
  };
  const ofSteps = sql`r.kind = 'step' and ${within(sql`r.day`, both)} and ${inPairs(busiest)}`;
  const sums = await readSums<StepKey & { isNow: boolean }>(
    orm,
    { ...keys, isNow: sql`r.day >= ${nowFrom}` },
    ofSteps,
  );
  const compared = sums
    .filter(({ isNow }) => isNow)
    .flatMap((row) => {
      const now = percentilesOf([row]);
      const before = percentilesOf(sums.filter((other) => !other.isNow && isSame(other, row)));
      return now && before ? [{ ...keyOf(row), nowMs: now.p50Ms, beforeMs: before.p50Ms }] : [];
    });
  const picked = pickSlower(compared, MOST_READ);
  if (picked.length === 0) return { ...said, steps: compared.length, slower: [] };
  const days = await readSums<StepKey & { day: string }>(
    orm,
    { ...keys, day: sql`r.day::text` },
    sql`${ofSteps} and (r.target_id, r.pipeline, r.stage, r.name) in (${sql.join(
      picked.map((step) => sql`(${step.target}, ${step.pipeline}, ${step.stage}, ${step.name})`),
      sql`, `,
    )})`,
  );
  const slower = picked
    .flatMap((step): SlowerStep[] => {
      const medians = days
        .filter((row) => isSame(row, step))
        .flatMap((row): DayMedian[] => {
          const found = percentilesOf([row]);
          return found ? [{ day: row.day, p50Ms: found.p50Ms }] : [];
        })
        .toSorted((a, b) => (a.day < b.day ? -1 : 1));
      const before = medians.filter(({ day }) => day < nowFrom);
      return isBeyondNoise(before, step) ? [{ ...step, since: sinceWhen(medians, step) }] : [];
    })
    .slice(0, MOST_STEPS);
  const changes = await readChangesOf(orm, slower);
  return {
    ...said,
    steps: compared.length,
    slower: slower.map((step) => {
      const found = changes.find((row) => isSameDay(row, step));
      return found ? { ...step, changes: found.changes.map(withoutNulls) } : step;
    }),
  };
}

const keyOf = ({ target, pipeline, stage, name }: StepKey): StepKey => ({ target, pipeline, stage, name });
const isSame = (a: StepKey, b: StepKey) =>
  a.name === b.name && a.pipeline === b.pipeline && a.stage === b.stage && a.target === b.target;

type DayChanges = { target: string; pipeline: string; day: string; changes: BuildChange[] };
const isSameDay = (row: DayChanges, { target, pipeline, since }: SlowerStep) =>
  since.kind === "day" && row.day === since.day && row.pipeline === pipeline && row.target === target;

/**
 * What changed on the days since which steps are slower. A day is left out while the sync has not read what all of its
 * builds were made of: what changed then is not known.
 */
async function readChangesOf(orm: Orm, slower: SlowerStep[]): Promise<DayChanges[]> {
  const days = slower.flatMap(({ target, pipeline, since }) =>
    since.kind === "day" ? [sql`(${target}, ${pipeline}, ${since.day}::date)`] : [],
  );
  if (days.length === 0) return [];
  return readRows(
    orm,
    sql`select b.target_id as target, b.pipeline, b.day::text as day, coalesce((
        select json_agg(distinct jsonb_build_object('kind', c.kind, 'name', c.name, 'before', c.before, 'after', c.after))
        from history_changes c where c.target_id = b.target_id and c.pipeline = b.pipeline and c.day = b.day
      ), '[]'::json) as changes
      from history_builds b
      where (b.target_id, b.pipeline, b.day) in (${sql.join(days, sql`, `)}) and b.result in ('succeeded', 'failed')
      group by b.target_id, b.pipeline, b.day having bool_and(b.components is not null)`,
  );
}
