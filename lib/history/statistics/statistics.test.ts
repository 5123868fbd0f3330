import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import type { Actor } from "@/lib/core/actor";
import { HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { keepBuilds, type MadeBuild, makeBuilds } from "@/lib/testing/history-rows";
import {
  between,
  changesBetween,
  counts,
  exactPercentile,
  findingCounts,
  groupBy,
  groupSteps,
  hasEnded,
  hasMeasure,
  keyOf,
  mapValues,
  newestFirst,
  percentiles,
  refOf,
  sum,
} from "@/lib/testing/plain-figures";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { addDays, countDays, listDays } from "../calendar-day";
import { historyBuildsSchema, historyQuestionSchema } from "../schemas";
import type { HistoryRange } from "../types";
import { countFailures, readFirstFailures } from "./count-failures";
import { countFindings, findingDays, readImagesWithFindings } from "./count-findings";
import { countByPipeline, countResults, readPipelineNames, readStandings } from "./count-results";
import { HistoryScope } from "./history-scope";
import { listBuilds } from "./list-builds";
import { measureDurations } from "./measure-durations";
import { readChanges, readLineage } from "./read-changes";
import { countKeptImages, sumBuildHours } from "./sum-costs";

const timeZone = "Europe/Berlin";
/** Summer time begins in Berlin on 29 March and ends on 25 October. */
const SPRING = Date.UTC(2026, 2, 20, 21, 40);
const AUTUMN = Date.UTC(2026, 9, 15, 21, 40);

const made = (targetId: string, fromMs: number, seed: number) =>
  makeBuilds({
    targetId,
    pipelines: ["web", "db", "node", "batch", ""],
    count: 260,
    fromMs,
    stepMs: 1.7 * HOUR_MS,
    timeZone,
    seed,
  });
const ALL = [...made("one", SPRING, 1), ...made("two", AUTUMN, 2)];
/** In the order in which a backfill writes them: the newest first. */
const byTarget = ["one", "two"].map((id) => ALL.filter(({ targetId }) => targetId === id).toReversed());

const rangeFrom = (from: string, to: string): HistoryRange => {
  const days = countDays(from, to);
  return { from, to, days, beforeFrom: addDays(from, -days), beforeTo: addDays(from, -1), timeZone };
};
const RANGES = [rangeFrom("2026-03-27", "2026-04-02"), rangeFrom("2026-10-22", "2026-10-31")];

type View = { name: string; targetId: string; targets: "this" | "all"; pipeline?: string; actor: Actor };
const prefixed: Actor = {
  ...LOCAL_ADMINISTRATOR,
  grants: [{ role: "viewer", target: "one", namePrefix: "w" }],
};
const VIEWS: View[] = [
  { name: "one target", targetId: "one", targets: "this", actor: LOCAL_ADMINISTRATOR },
  { name: "one pipeline", targetId: "two", targets: "this", pipeline: "db", actor: LOCAL_ADMINISTRATOR },
  { name: "all targets", targetId: "one", targets: "all", actor: LOCAL_ADMINISTRATOR },
  { name: "what the actor may see", targetId: "one", targets: "all", actor: prefixed },
];
const CASES = VIEWS.flatMap((view) =>
  RANGES.map((range) => ({ ...view, range, label: `${view.name}, ${range.from}` })),
);

const scopeOf = ({ targetId, targets, pipeline, actor }: View) => {
  const all = ["one", "two"].map((id) => ({ id, label: id, accountId: "1", region: "r" }));
  const ctx = { actor, targets: all, target: all.find(({ id }) => id === targetId) };
  return HistoryScope.of(ctx as UseCaseContext, historyQuestionSchema.parse({ targets, pipeline }));
};
const seenIn = ({ targetId, targets, pipeline, actor }: View) =>
  ALL.filter(
    (build) =>
      (targets === "all" || build.targetId === targetId) &&
      (pipeline === undefined || build.pipeline === pipeline) &&
      (actor !== prefixed || (build.targetId === "one" && build.pipeline.startsWith("w"))),
  );

const endedBefore = (build: MadeBuild): MadeBuild | undefined =>
  newestFirst(ALL).find(
    (other) => keyOf(other) === keyOf(build) && hasEnded(other) && other.createdAtMs < build.createdAtMs,
  );

describe.each(testEngines())("statistics on $name equal those of plain code", ({ start }) => {
  let engine: TestEngine;
  let orm: Orm;
  beforeAll(async () => {
    engine = await start();
    ({ orm } = await engine.open());
    for (const builds of byTarget) await keepBuilds(orm, builds);
  }, 120_000);
  afterAll(() => engine.stop());

  it.each(CASES)("results by day: $label", async (view) => {
    const { range } = view;
    const builds = seenIn(view);
    const answer = await countResults(orm, scopeOf(view), range);
    const inRange = between(builds, range.from, range.to);
    expect(answer.totals).toEqual(counts(inRange));
    expect(answer.before).toEqual(counts(between(builds, range.beforeFrom, range.beforeTo)));
    expect(answer.days).toEqual(
      listDays(range.from, range.to).map((day) => ({ day, ...counts(between(builds, day, day)) })),
    );
    const { rows, pipelines } = await countByPipeline(orm, scopeOf(view), range);
    expect(pipelines).toBe(rows.length);
    const cells = rows.flatMap(({ target, pipeline, days }) =>
      days.map((day) => ({ target, pipeline, ...day })),
    );
    const expected = new Set(
      inRange.filter(({ pipeline }) => pipeline).map((build) => `${keyOf(build)} ${build.day}`),
    );
    expect(new Set(cells.map(({ target, pipeline, day }) => `${target}/${pipeline} ${day}`))).toEqual(
      expected,
    );
  });

  it.each(VIEWS)("where pipelines stand: $name", async (view) => {
    const nowMs = Date.UTC(2026, 10, 20);
    const { pipelines: standings, standing } = await readStandings(orm, scopeOf(view), {
      nowMs,
      freshWithinDays: 14,
    });
    const stale = standings.filter(({ isStale }) => isStale);
    expect(standing).toEqual({
      pipelines: standings.length,
      failing: standings.filter(({ streak }) => streak?.result === "failed").length,
      stale: stale.length,
      oldestDays: Math.max(0, ...stale.map(({ ageDays = 0 }) => ageDays)),
    });
    expect(await readPipelineNames(orm, scopeOf(view))).toEqual(
      [...new Set(standings.map(({ pipeline }) => pipeline))].toSorted(),
    );
    const groups = groupBy(
      newestFirst(seenIn(view)).filter(({ pipeline }) => pipeline),
      keyOf,
    );
    expect(standings.map(({ target, pipeline }) => `${target}/${pipeline}`).toSorted()).toEqual(
      [...groups.keys()].toSorted(),
    );
    for (const { target, pipeline, streak, lastGoodAt, isStale, lastBuild } of standings) {
      const builds = groups.get(`${target}/${pipeline}`) ?? [];
      const ended = builds.filter(hasEnded);
      const end = ended.findIndex(({ result }) => result !== ended[0]?.result);
      const good = builds.find(({ result, goneAt }) => result === "succeeded" && !goneAt);
      expect(streak).toMatchObject({ result: ended[0]?.result, count: end < 0 ? ended.length : end });
      expect(lastBuild.build).toBe(builds[0]?.build);
      expect(lastGoodAt).toBe(good?.createdAt.toISOString());
      expect(isStale).toBe(!good || nowMs - good.createdAtMs >= 14 * 24 * HOUR_MS);
    }
  });

  it.each(CASES)("causes of failures: $label", async (view) => {
    const { range } = view;
    const failed = seenIn(view).filter(({ result }) => result === "failed");
    const answer = await countFailures(orm, scopeOf(view), range);
    const now = between(failed, range.from, range.to);
    const earlier = between(failed, range.beforeFrom, range.beforeTo);
    expect([answer.failed, answer.failedBefore]).toEqual([now.length, earlier.length]);
    expect(answer.unexplained).toBe(now.filter(({ rule }) => rule === undefined).length);
    const tally = (key: (build: MadeBuild) => string | null | undefined) => {
      const keys = new Set([...now, ...earlier].map((build) => key(build) ?? "unknown"));
      const of = (builds: MadeBuild[], wanted: string) =>
        builds.filter((build) => (key(build) ?? "unknown") === wanted).length;
      return [...keys]
        .map((each) => ({ key: each, count: of(now, each), before: of(earlier, each) }))
        .toSorted((a, b) => b.count - a.count || b.before - a.before || (a.key < b.key ? -1 : 1));
    };
    const plain = (causes: typeof answer.rules) => causes.map(({ title: _, ...cause }) => cause);
    const sameOrder = (a: { key: string }[]) => a.toSorted((x, y) => (x.key < y.key ? -1 : 1));
    expect(sameOrder(plain(answer.rules))).toEqual(sameOrder(tally(({ rule }) => rule)));
    expect(sameOrder(plain(answer.components))).toEqual(
      sameOrder(tally(({ failedComponent }) => failedComponent)),
    );
    expect(sameOrder(plain(answer.steps))).toEqual(sameOrder(tally(({ failedStep }) => failedStep)));
    expect(sameOrder(plain(answer.stages))).toEqual(sameOrder(tally(({ failedStage }) => failedStage)));

    const first = await readFirstFailures(orm, scopeOf(view), range);
    const expected = newestFirst(now).filter(
      (build) => build.pipeline && endedBefore(build)?.result === "succeeded",
    );
    expect(answer.firstFailed).toBe(expected.length);
    expect(first.map(({ target, build }) => `${target} ${build}`)).toEqual(
      expected.slice(0, 30).map(({ targetId, build }) => `${targetId} ${build}`),
    );
    for (const { target, build, changes, moved = [] } of first) {
      const own = ALL.find((each) => each.targetId === target && each.build === build);
      expect(changes).toEqual(own && changesBetween(endedBefore(own), own));
      expect(moved).toEqual([
        ...new Set(changes.map(({ kind }) => kind).filter((kind) => kind !== "recipe")),
      ]);
    }
  });

  it.each(CASES)("durations: $label", async (view) => {
    const { range } = view;
    const inRange = between(seenIn(view), range.from, range.to);
    const answer = await measureDurations(orm, scopeOf(view), range);
    const good = inRange
      .filter(({ result }) => result === "succeeded")
      .map(({ durationMs }) => durationMs ?? 0);
    expect(answer.build).toEqual(good.length > 0 ? percentiles(good) : undefined);
    const earlier = between(seenIn(view), range.beforeFrom, range.beforeTo).filter(
      ({ result }) => result === "succeeded",
    );
    expect(answer.before).toEqual(
      earlier.length > 0 ? percentiles(earlier.map(({ durationMs }) => durationMs ?? 0)) : undefined,
    );
    const days = listDays(range.from, range.to);
    expect(answer.series).toEqual(
      days.flatMap((day) => {
        const own = between(inRange, day, day).filter(({ result }) => result === "succeeded");
        return own.length > 0 ? [{ day, ...percentiles(own.map(({ durationMs }) => durationMs ?? 0)) }] : [];
      }),
    );
    const stepsOf = (builds: MadeBuild[], kind: string) =>
      groupSteps(builds.flatMap(({ steps }) => steps.filter((step) => step.kind === kind)));
    expect(new Map(answer.stages.map(({ stage, ...figures }) => [`${stage}/${stage}`, figures]))).toEqual(
      mapValues(stepsOf(inRange, "stage"), percentiles),
    );
    for (const { stage, p95Ms } of answer.stages) {
      const exact = exactPercentile(stepsOf(inRange, "stage").get(`${stage}/${stage}`) ?? [], 0.95);
      expect(Math.abs(p95Ms / exact - 1)).toBeLessThan(0.021);
    }
    for (const day of days)
      expect(
        new Map(
          answer.stageSeries
            .filter((point) => point.day === day)
            .map(({ stage, day: _, ...figures }) => [`${stage}/${stage}`, figures]),
        ),
      ).toEqual(mapValues(stepsOf(between(inRange, day, day), "stage"), percentiles));
    expect(new Map(answer.steps.map(({ stage, name, ...figures }) => [`${stage}/${name}`, figures]))).toEqual(
      mapValues(stepsOf(inRange, "step"), (durations) => ({
        ...percentiles(durations),
        totalMs: sum(durations),
      })),
    );
  });

  it.each(CASES)("changes, findings and costs: $label", async (view) => {
    const { range } = view;
    const scope = scopeOf(view);
    const builds = seenIn(view);
    const inRange = between(builds, range.from, range.to);
    const changes = await readChanges(orm, scope, range);
    expect(changes).toEqual(
      newestFirst(inRange)
        .flatMap((build) =>
          changesBetween(endedBefore(build), build).map((change) => ({
            ...change,
            pipeline: build.pipeline,
            of: refOf(build),
            result: build.result,
            createdAt: build.createdAt.toISOString(),
          })),
        )
        .slice(0, 200),
    );

    const groups = [
      ...groupBy(
        newestFirst(builds).filter(({ pipeline }) => pipeline),
        keyOf,
      ).values(),
    ];
    const scannedBy = (day: string) =>
      groups.flatMap(
        (own) =>
          own.find(
            (build) => build.day <= day && build.findingsAll !== undefined && build.result === "succeeded",
          ) ?? [],
      );
    expect(await countFindings(orm, scope, range)).toEqual(
      findingDays(range).map((day) => ({
        day,
        images: scannedBy(day).length,
        ...findingCounts(scannedBy(day)),
      })),
    );
    const { images, scanned, critical } = await readImagesWithFindings(orm, scope);
    const newestScanned = scannedBy("9999-12-31");
    expect([scanned, critical]).toEqual([
      newestScanned.length,
      newestScanned.filter(({ findingsCritical = 0 }) => Number(findingsCritical) > 0).length,
    ]);
    const byPlace = (a: { target: string; pipeline: string }, b: { target: string; pipeline: string }) =>
      `${a.target}/${a.pipeline}` < `${b.target}/${b.pipeline}` ? -1 : 1;
    expect(images.toSorted(byPlace)).toEqual(
      newestScanned
        .map((build) => ({
          ...refOf(build),
          pipeline: build.pipeline,
          createdAt: build.createdAt.toISOString(),
          ...findingCounts([build]),
          amis: build.amis,
        }))
        .toSorted(byPlace),
    );
    const { lineage, pipelines } = await readLineage(orm, scope);
    expect(pipelines).toBe(lineage.length);
    expect(lineage).toEqual(
      groups
        .flatMap((own) => own.find(({ result, goneAt }) => result === "succeeded" && !goneAt) ?? [])
        .map((build) => ({
          ...refOf(build),
          pipeline: build.pipeline,
          createdAt: build.createdAt.toISOString(),
          baseAmi: build.baseAmi,
          recipe: `${build.recipeName} ${build.recipeVersion}`,
          components: build.components,
          amis: build.amis,
          launchTemplates: [],
        }))
        .toSorted(byPlace),
    );

    const hours = await sumBuildHours(orm, scope, range);
    const earlier = between(builds, range.beforeFrom, range.beforeTo);
    expect(new Set(hours.map(({ instanceType }) => instanceType))).toEqual(
      new Set([...inRange, ...earlier].flatMap((build) => (hasMeasure(build) ? build.instanceType : []))),
    );
    for (const { instanceType, hours: total, hoursBefore, builds: many } of hours) {
      const of = (some: MadeBuild[]) =>
        some.filter((build) => build.instanceType === instanceType && hasMeasure(build));
      const hoursOf = (some: MadeBuild[]) => sum(of(some).map(({ durationMs }) => durationMs ?? 0)) / HOUR_MS;
      expect(many).toBe(of(inRange).length);
      expect(total).toBeCloseTo(hoursOf(inRange), 6);
      expect(hoursBefore).toBeCloseTo(hoursOf(earlier), 6);
    }
    const { kept, keptImages, keptGib } = await countKeptImages(orm, scope);
    expect([keptImages, keptGib]).toEqual([
      sum(kept.map(({ images: many }) => many)),
      sum(kept.map(({ gib }) => gib)),
    ]);
    const still = builds.filter(({ result, goneAt }) => result === "succeeded" && !goneAt);
    expect(sum(kept.map(({ images: many }) => many))).toBe(still.length);
    expect(sum(kept.map(({ gib }) => gib))).toBe(sum(still.map(({ volumeGib }) => volumeGib ?? 0)));
  });

  it.each(CASES)("every mark leads to its builds: $label", async (view) => {
    const { range } = view;
    const failed = newestFirst(
      between(seenIn(view), range.from, range.to).filter(({ result }) => result === "failed"),
    );
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const question = historyBuildsSchema.parse({ result: "failed", after });
      const page = await listBuilds(orm, scopeOf(view), { range, question, limit: 3 });
      expect(page.total).toBe(failed.length);
      pages.push(...page.builds.map(({ target, build }) => `${target} ${build}`));
      after = page.next;
    } while (after);
    expect(pages).toEqual(failed.map(({ targetId, build }) => `${targetId} ${build}`));
  });

  it("work nothing out twice: all of it again changes no figure", async () => {
    const figures = () =>
      Promise.all(
        [
          "history_days",
          "history_day_durations",
          "history_day_hours",
          "history_day_findings",
          "history_changes",
          "history_pipelines",
          "history_kept",
        ].map(
          async (table) =>
            (await orm.execute(
              sql.raw(`select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`),
            )) as unknown,
        ),
      ).then((answers) => answers.map((answer) => (answer as { rows: unknown }).rows));
    const first = await figures();
    for (const builds of byTarget)
      await keepBuilds(
        orm,
        builds.map((build) => ({ ...build, steps: [], status: build.status })),
      );
    expect(await figures()).toEqual(first);
  });
});
