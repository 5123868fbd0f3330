import { HOUR_MS, MINUTE_MS } from "../engine/clock";
import type { Seed } from "../engine/scope";
import { hash32 } from "../factory/deterministic";
import type { BuildFault, Intervention } from "../factory/types";
import { applyArtifact } from "../services/imagebuilder/build-artifacts";
import type { ImageBuildRow } from "../services/imagebuilder/image-build-row";
import { buildStateOf, imagesOf, snapshotOf } from "../services/imagebuilder/image-build-state";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { DEMO_PIPELINES } from "./demo-pipelines";
import { scheduledRuns, spreadRuns } from "./demo-runs";
import type { DemoPipeline } from "./demo-types";
import { historyRow, type PastRun, rememberResolved } from "./history-row";

/** Of older builds only the images are still there: launch templates and parameters have moved on. */
const BUILDS_WITH_ALL = 4;

/** The builds of the last 90 days: when they ran and what went wrong follow from the names and the day. */
export function plantHistory(store: ImageBuilderStore, seed: Seed): void {
  const shared = {
    seededAt: seed.seededAt,
    numbers: new Map<string, number>(),
    remembered: rememberResolved(store),
  };
  const isDemo = seed.builds === undefined;
  for (const pipeline of DEMO_PIPELINES) {
    const times =
      seed.builds === undefined
        ? scheduledRuns(pipeline, seed.seededAt)
        : spreadRuns(pipeline, seed.builds, seed.seededAt);
    for (const [index, startedAt] of times.entries()) {
      plantRun(store, pipeline, { ...shared, startedAt, left: times.length - 1 - index, isDemo });
    }
    if (isDemo) plantArtifacts(store, pipeline, seed.seededAt);
  }
  if (isDemo) plantRunning(store, shared);
}

type Shared = Pick<PastRun, "seededAt" | "numbers" | "remembered">;

interface Run extends Shared {
  startedAt: number;
  /** How many newer runs of the pipeline there are. */
  left: number;
  /** Not so for a load of many builds, where answering each waiting step would take too long. */
  isDemo: boolean;
}

function plantRun(store: ImageBuilderStore, pipeline: DemoPipeline, run: Run): void {
  const { startedAt, left } = run;
  const dice = (what: string) => hash32(`${pipeline.name}/${startedAt}/${what}`) % 1000;
  const fault = faultOf(pipeline, left, dice("fault"));
  const byHand = !fault && dice("hand") < 60;
  const cancelled = !fault && dice("cancel") < 12;
  const row = historyRow(store, pipeline, {
    ...run,
    buildType: byHand ? "USER_INITIATED" : "SCHEDULED",
    history: true,
    ...(fault && { faults: [fault] }),
    ...(cancelled && { interventions: [{ kind: "cancel", atMs: (4 + (dice("when") % 9)) * MINUTE_MS }] }),
  });
  const { usedWorkflows: _approval, ...plain } = row;
  if (!pipeline.approval) store.imageBuilds.put(row);
  else store.imageBuilds.put(run.isDemo ? approved(store, row) : plain);
}

function faultOf({ faults, failingSince }: DemoPipeline, left: number, dice: number): BuildFault | undefined {
  if (failingSince && left < failingSince.runs) return failingSince.fault;
  if (failingSince && left === failingSince.runs) return undefined;
  let threshold = 0;
  for (const { perMille, fault } of faults) {
    threshold += perMille;
    if (dice < threshold) return fault;
  }
  return undefined;
}

/** The waiting step was answered after a while, with the name of who agreed. */
function approved(store: ImageBuilderStore, row: ImageBuildRow): ImageBuildRow {
  const steps = snapshotOf(store, row, row.startedAt + 2 * HOUR_MS).workflowExecutions.flatMap(
    (one) => one.steps,
  );
  const waiting = steps.find(({ action }) => action === "WaitForAction");
  if (!waiting) return row;
  const minutes = 12 + (hash32(`${row.arn}/answer`) % 50);
  const answer: Intervention = {
    kind: "answer",
    atMs: waiting.startMs + minutes * MINUTE_MS,
    stepExecutionId: waiting.stepExecutionId,
    action: "RESUME",
    reason: "Report read and approved by m.keller@platform.example",
  };
  return { ...row, interventions: [answer] };
}

function plantArtifacts(store: ImageBuilderStore, { name }: DemoPipeline, seededAt: number): void {
  const available = store.imageBuilds.list(
    (row) => row.pipeline?.name === name && buildStateOf(store, row, seededAt).status === "AVAILABLE",
  );
  for (const [index, build] of available.entries()) {
    const artifacts =
      index < available.length - BUILDS_WITH_ALL
        ? imagesOf(store, build, seededAt)
        : snapshotOf(store, build, seededAt).artifacts;
    for (const artifact of artifacts) {
      if (!artifact.kind.startsWith("instance")) applyArtifact(store, build, artifact);
    }
  }
}

/** What a newcomer finds under way: two builds at the pace of life and one that waits for a person. */
const RUNNING = [
  { pipeline: "eks-node-1-34", minutesAgo: 9 },
  { pipeline: "windows-2025-iis", minutesAgo: 16 },
  { pipeline: "hardened-base", minutesAgo: 130 },
];

function plantRunning(store: ImageBuilderStore, shared: Shared): void {
  for (const { pipeline: name, minutesAgo } of RUNNING) {
    const pipeline = DEMO_PIPELINES.find((one) => one.name === name);
    if (!pipeline) continue;
    const startedAt = shared.seededAt - minutesAgo * MINUTE_MS;
    const run = { ...shared, startedAt };
    store.imageBuilds.put(
      historyRow(store, pipeline, { ...run, buildType: "USER_INITIATED", history: false }),
    );
  }
}
