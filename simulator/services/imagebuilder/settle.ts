import { DAY_MS } from "../../engine/clock";
import type { ForResource } from "../../engine/settling";
import { applyArtifact } from "./build-artifacts";
import { liveBuilds } from "./build-history";
import { sendBuildMessages, sendPipelineDisabled } from "./build-messages";
import { followSchedules } from "./follow-schedules";
import type { ImageBuildRow } from "./image-build-row";
import { elapsedMs, snapshotOf, timeOf } from "./image-build-state";
import { nextPolicyRun, runLifecyclePolicy } from "./lifecycle-policy-run";
import { consecutiveFailures, hasFailedTooOften } from "./pipeline-schedule";
import type { ImageBuilderStore } from "./store";

/** When a build next does something elsewhere, of the row it was worked out for. */
const nextLooks = new WeakMap<ImageBuildRow, number>();

/** Brings the account up to `now`: scheduled builds start, and what builds made and said reaches other services. */
export function settle(store: ImageBuilderStore, now: number, forResource: ForResource): void {
  followSchedules(store, now, forResource);
  runDuePolicies(store, now, forResource);
  for (const build of liveBuilds(store)) {
    if ((nextLooks.get(build) ?? 0) <= now) forResource(build.arn, () => settleBuild(store, build, now));
  }
}

/** Each enabled policy once a day; days on which the simulator was off are not made up for. */
function runDuePolicies(store: ImageBuilderStore, now: number, forResource: ForResource): void {
  for (const policy of store.lifecyclePolicies.values()) {
    forResource(policy.arn, () => {
      const since = (policy.dateLastRun ?? policy.dateCreated)?.getTime() ?? now;
      const due = nextPolicyRun(policy, since);
      if (policy.status !== "ENABLED" || due > now) return;
      const missedDays = Math.floor((now - due) / DAY_MS);
      runLifecyclePolicy(store, policy, due + missedDays * DAY_MS);
    });
  }
}

function settleBuild(store: ImageBuilderStore, build: ImageBuildRow, now: number): void {
  const settlement = store.settlements.get(build.arn);
  const interventions = build.interventions?.length ?? 0;
  if (settlement?.done && settlement.interventions === interventions) {
    nextLooks.set(build, Number.POSITIVE_INFINITY);
    return;
  }
  const snapshot = snapshotOf(store, build, now);
  const { artifacts, transitions, nextChangeMs, finished, totalMs } = snapshot;
  const since = settlement?.throughMs ?? -1;
  const due = artifacts.filter((artifact) => artifact.atMs > since);
  for (const artifact of due) applyArtifact(store, build, artifact);
  sendBuildMessages(store, build, snapshot, since);
  if (due.length > 0 || finished || transitions.some(({ atMs }) => atMs > since)) {
    store.settlements.put({
      arn: build.arn,
      throughMs: elapsedMs(build, now),
      interventions,
      done: finished,
    });
  }
  if (finished) disableIfFailing(store, build, timeOf(build, totalMs));
  nextLooks.set(build, nextChangeMs === undefined ? Number.POSITIVE_INFINITY : timeOf(build, nextChangeMs));
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AutoDisablePolicy.html */
function disableIfFailing(store: ImageBuilderStore, build: ImageBuildRow, at: number): void {
  const pipeline = store.pipelines.get(build.pipeline?.arn ?? "");
  if (!pipeline || build.buildType !== "SCHEDULED" || pipeline.status !== "ENABLED") return;
  if (!hasFailedTooOften(store, pipeline, at)) return;
  store.pipelines.put({ ...pipeline, status: "DISABLED" });
  const failures = consecutiveFailures(store, pipeline, at);
  const message = `Pipeline automatically disabled after ${failures} consecutive failures.`;
  store.pipelineEvents.put({ key: `${pipeline.arn} ${at}`, pipelineArn: pipeline.arn, at, message });
  sendPipelineDisabled(store, pipeline, at, failures);
}
