import { entryOf } from "@/components/charts/chart-scale";
import type { ChartLine, ChartMark, ChartStack } from "@/components/charts/chart-types";
import { cutText } from "@/lib/core/canonical-text";
import { addDays, countDays, dayAt, listDays } from "@/lib/history/calendar-day";
import type { BuildChange, BuildDurations, FactoryChanges, SlowerStep } from "@/lib/history/types";

const WEEK = 7;
const MOST_LABEL = 22;

/** The entries of the axis: every day of the range, or the Monday of every week that it touches. */
export function axisDays({
  range: { from, to },
  period,
}: Pick<BuildDurations, "range" | "period">): string[] {
  if (period === "day") return listDays(from, to);
  const weekday = (new Date(from).getUTCDay() + 6) % WEEK;
  const monday = addDays(from, -weekday);
  return Array.from({ length: Math.ceil(countDays(monday, to) / WEEK) }, (_, week) =>
    addDays(monday, week * WEEK),
  );
}

/** One pipeline: its p50 and p95, and the p50 of the range before as a ghost. Several: one line each. */
export function durationLines(answer: BuildDurations, days: string[]): ChartLine[] {
  const { series, seriesBefore, pipelines, range, period } = answer;
  const valuesOf = (points: { day: string; p50Ms: number; p95Ms: number }[], figure: "p50Ms" | "p95Ms") =>
    days.map((day) => points.find((point) => point.day === day)?.[figure]);
  if (pipelines.length > 1) {
    const looks = ["bold", "dashed", "thin"] as const;
    return pipelines.map(({ target, pipeline, series: own }, index) => ({
      name: nameOf(pipelines, { target, pipeline }),
      values: valuesOf(own, "p50Ms"),
      look: looks[index % looks.length] ?? "thin",
    }));
  }
  const before = new Map(
    seriesBefore.flatMap(({ day, p50Ms }) => {
      const index = entryOf(addDays(day, range.days), days, period);
      return index === undefined ? [] : [[index, p50Ms]];
    }),
  );
  const lines: ChartLine[] = [
    { name: "p50", values: valuesOf(series, "p50Ms"), look: "bold" },
    { name: "p95", values: valuesOf(series, "p95Ms"), look: "thin" },
  ];
  if (before.size > 0)
    lines.push({ name: "p50 before", values: days.map((_, index) => before.get(index)), look: "ghost" });
  return lines;
}

/** Pipelines of one name in two accounts are told apart. */
function nameOf(
  all: BuildDurations["pipelines"],
  { target, pipeline }: { target: string; pipeline: string },
): string {
  const isTwice = all.filter((other) => other.pipeline === pipeline).length > 1;
  return cutText(isTwice ? `${pipeline} (${target})` : pipeline, MOST_LABEL);
}

const GROUPS = [
  { name: "Create and build", stages: ["Create", "Build"], tone: "ink" },
  { name: "Test", stages: ["Test"], tone: "middle" },
  { name: "Distribute, integrate", stages: ["Distribute", "Integrate"], tone: "faint" },
] as const;

/** The medians of the stages on one scale; stages that AWS adds stand for themselves. */
export function stageStacks({ stageSeries, stages }: BuildDurations, days: string[]): ChartStack[] {
  const known: string[] = GROUPS.flatMap(({ stages: own }) => own);
  const others = stages.filter(({ stage }) => !known.includes(stage));
  const groups = [
    ...GROUPS.map(({ name, stages: own, tone }) => ({ name, own: [...own] as string[], tone })),
    ...others.map(({ stage }) => ({ name: stage, own: [stage], tone: "mute" as const })),
  ];
  return groups
    .map(({ name, own, tone }) => ({
      name,
      tone,
      values: days.map((day) =>
        stageSeries
          .filter((point) => point.day === day && own.includes(point.stage))
          .reduce((sum, { p50Ms }) => sum + p50Ms, 0),
      ),
    }))
    .filter(({ values }) => values.some((value) => value > 0));
}

const LETTERS: Record<BuildChange["kind"], string> = { base: "B", component: "C", recipe: "R" };
const KINDS: Record<BuildChange["kind"], string> = {
  base: "Base image",
  component: "Component",
  recipe: "Recipe",
};

/** "Component agent 1.0.0 → 1.1.0". */
export function changeInWords({ kind, name, before, after }: BuildChange): string {
  const what = kind === "component" ? `${KINDS.component} ${name}` : KINDS[kind];
  return `${what} ${before ?? "none"} → ${after ?? "none"}`;
}

/** What builds were made of that those before were not, by entry; the changes that slower steps began with are loud. */
export function changeMarks(
  changes: FactoryChanges["changes"],
  slower: SlowerStep[],
  { days, period, timeZone }: { days: string[]; period: "day" | "week"; timeZone: string },
): ChartMark[] {
  const found = new Map<number, BuildChange[]>();
  for (const change of changes) {
    const index = entryOf(dayAt(timeZone, Date.parse(change.createdAt)), days, period);
    if (index !== undefined) found.set(index, [...(found.get(index) ?? []), change]);
  }
  const loud = new Set(
    slower.flatMap(({ since, changes: own = [] }) =>
      since.kind === "day" && own.length > 0 ? (entryOf(since.day, days, period) ?? []) : [],
    ),
  );
  // Of several pipelines only what explains a slower step: all changes would be a mark on every day.
  if (changes.length === 0)
    for (const { since, changes: own = [] } of slower) {
      const index = since.kind === "day" ? entryOf(since.day, days, period) : undefined;
      if (index !== undefined && own.length > 0) found.set(index, [...(found.get(index) ?? []), ...own]);
    }
  return [...found]
    .map(([index, own]): ChartMark => {
      const [first] = own.toSorted((a, b) => a.kind.localeCompare(b.kind));
      const kinds = new Set(own.map(({ kind }) => kind));
      return {
        index,
        letter: first && kinds.size === 1 ? LETTERS[first.kind] : "+",
        label:
          own.length === 1 && first
            ? `${first.kind === "component" ? `${first.name} ` : ""}${first.after ?? ""}`
            : `${own.length} changes`,
        words: [...new Set(own.map(changeInWords))],
        isLoud: loud.has(index),
      };
    })
    .toSorted((a, b) => a.index - b.index);
}
