import type { Orm } from "@/lib/db/database";
import { historySteps } from "@/lib/db/history-schema";
import { dayAt } from "@/lib/history/calendar-day";
import type { NewBuildRow } from "@/lib/history/sync/listed-build";
import { refreshRollups } from "@/lib/history/sync/refresh-rollups";
import { saveListed } from "@/lib/history/sync/save-builds";

export type MadeStep = { stage: string; name: string; kind: "stage" | "step"; durationMs: number };
export type MadeBuild = NewBuildRow & { steps: MadeStep[]; createdAtMs: number };

const CAUSES = [
  { rule: "C3", ruleTitle: "A command is not installed", failedComponent: "baseline", failedStep: "Apply" },
  { rule: "C9", ruleTitle: "No address reached", failedComponent: "agent", failedStep: "Apply" },
  { rule: "D1", ruleTitle: "Account not entered", failedComponent: undefined, failedStep: "Distribute" },
  { rule: undefined, ruleTitle: undefined, failedComponent: undefined, failedStep: undefined },
];

/** Numbers from 0 to 1, the same for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Builds as the sync would have kept them: all results, retried and deleted ones, from `fromMs` on. */
export function makeBuilds({
  targetId,
  pipelines,
  count,
  fromMs,
  stepMs,
  timeZone,
  seed,
}: {
  targetId: string;
  pipelines: string[];
  count: number;
  fromMs: number;
  stepMs: number;
  timeZone: string;
  seed: number;
}): MadeBuild[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index): MadeBuild => {
    const pipeline = pipelines[Math.floor(random() * pipelines.length)] ?? "";
    const createdAtMs = fromMs + index * stepMs + Math.floor(random() * 1000);
    const dice = random();
    const result = dice < 0.03 ? "cancelled" : dice < 0.2 ? "failed" : dice > 0.995 ? "running" : "succeeded";
    const isGone = result === "succeeded" && random() < 0.1;
    const cause = result === "failed" ? CAUSES[Math.floor(random() * CAUSES.length)] : undefined;
    const steps = result === "running" ? [] : makeSteps(random, result === "succeeded");
    const durationMs = steps
      .filter(({ kind }) => kind === "stage")
      .reduce((sum, step) => sum + step.durationMs, 0);
    const release = Math.floor(index / 40);
    return {
      targetId,
      arn: `arn:aws:imagebuilder:us-east-1:111111111111:image/${pipeline || "none"}/1.0.0/${index}`,
      name: pipeline || "none",
      version: "1.0.0",
      build: String(index),
      displayName: pipeline || "none",
      pipeline,
      status: result === "succeeded" ? (isGone ? "DELETED" : "AVAILABLE") : result.toUpperCase(),
      result,
      createdAt: new Date(createdAtMs),
      createdAtMs,
      day: dayAt(timeZone, createdAtMs),
      durationMs: result === "running" ? undefined : durationMs,
      imageType: "AMI",
      recipeName: pipeline,
      recipeVersion: `1.${Math.floor(index / 90)}.0`,
      baseAmi: `ami-${release}`,
      instanceType: random() < 0.5 ? "m7i.large" : "c7i.xlarge",
      volumeGib: 8 + Math.floor(random() * 3),
      components: [
        { name: "baseline", version: `1.${Math.floor(index / 60)}.0` },
        ...(index % 100 < 50 ? [{ name: "agent", version: "2.0.0" }] : []),
      ],
      amis: [{ region: "us-east-1", amiId: `ami-${targetId}-${index}` }],
      failedStage: result === "failed" ? (random() < 0.7 ? "BUILDING" : "TESTING") : undefined,
      ...cause,
      ...(result === "succeeded" && random() < 0.8 ? makeFindings(random) : {}),
      seenAt: new Date(createdAtMs),
      detailedAt: result === "running" ? undefined : new Date(createdAtMs),
      goneAt: isGone ? new Date(createdAtMs) : undefined,
      steps,
    };
  });
}

function makeSteps(random: () => number, isGood: boolean): MadeStep[] {
  const of = (kind: MadeStep["kind"], stage: string, name: string, aboutMs: number): MadeStep => ({
    kind,
    stage,
    name,
    durationMs: Math.round(aboutMs * (0.5 + random())),
  });
  return [
    of("stage", "Create", "Create", 20_000),
    of("stage", "Build", "Build", 900_000),
    of("step", "Build", "LaunchBuildInstance", 90_000),
    of("step", "Build", "ApplyBuildComponents", 600_000),
    ...(isGood
      ? [of("stage", "Test", "Test", 300_000), of("step", "Test", "ApplyTestComponents", 200_000)]
      : []),
  ];
}

function makeFindings(random: () => number) {
  const critical = Math.floor(random() * 3);
  const high = Math.floor(random() * 8);
  const medium = Math.floor(random() * 20);
  return {
    findingsCritical: critical,
    findingsHigh: high,
    findingsMedium: medium,
    findingsAll: critical + high + medium + Math.floor(random() * 9),
  };
}

/** Writes builds as the sync does, and works out all that follows from them. */
export async function keepBuilds(orm: Orm, builds: MadeBuild[], { batch = 250 } = {}): Promise<void> {
  for (let from = 0; from < builds.length; from += batch) {
    const some = builds.slice(from, from + batch);
    await orm.transaction(async (tx) => {
      const saved = await saveListed(
        tx,
        some.map(({ steps: _, createdAtMs: __, ...row }) => row),
      );
      const ids = new Map(saved.rows.map(({ arn, id }) => [arn, id]));
      const steps = some.flatMap(({ arn, steps: own }) =>
        own.map((step, ordinal) => ({ ...step, ordinal, status: "succeeded", buildId: ids.get(arn) ?? 0 })),
      );
      if (steps.length > 0) await tx.insert(historySteps).values(steps);
    });
  }
  const [first] = builds;
  if (first) while (await refreshRollups(orm, first.targetId));
}
