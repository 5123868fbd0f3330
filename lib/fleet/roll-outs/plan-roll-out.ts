import type { RollOutInstance, RollOutPreferences } from "./types";

/** What EC2 takes to start an instance before its warm-up begins, roughly. */
const LAUNCH_S = 60;

type Batch = {
  size: number;
  /** The checkpoint, in percent, that is reached with it. */
  checkpoint?: number;
};

export type RollOutPlan = {
  /** Instances that are replaced, in no order that AWS promises. */
  replaced: string[];
  /** Instances that stay, with the reason. */
  kept: { id: string; why: "matches" | "protected" | "standby" }[];
  /** Instances that AWS waits for, an hour at most; then the refresh fails. */
  waitedFor: { id: string; why: "protected" | "standby" }[];
  batches: Batch[];
  /** Replaced last, since the last checkpoint is below 100 percent: the refresh ends without them. */
  leftOver: number;
  /** Seconds at this warm-up, waiting at checkpoints and baking; an estimate. */
  seconds: { replacing: number; checkpoints: number; baking: number };
  /** Instances in service at the least and running at the most, of the desired capacity. */
  capacity: { least: number; most: number };
};

/**
 * What an instance refresh of these instances would do, by AWS's rules. Pure: it asks nobody.
 * @param version the number of the version that is rolled out; undefined where a new one is created for it
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-adding-checkpoints-instance-refresh.html
 */
export function planRollOut({
  instances,
  desired,
  version,
  preferences,
}: {
  instances: RollOutInstance[];
  desired: number;
  version: number | undefined;
  preferences: RollOutPreferences;
}): RollOutPlan {
  const staying = instances.filter(({ state }) => !state.startsWith("Terminat"));
  const kept: RollOutPlan["kept"] = [];
  const waitedFor: RollOutPlan["waitedFor"] = [];
  const due: string[] = [];
  for (const one of staying) {
    const reason = whyNotReplaced(one, version, preferences);
    if (reason?.isWaitedFor) waitedFor.push({ id: one.id, why: reason.why as "protected" | "standby" });
    else if (reason) kept.push({ id: one.id, why: reason.why });
    if (!reason || reason.isWaitedFor) due.push(one.id);
  }
  const matching = kept.filter(({ why }) => why === "matches").length;
  const { batches, leftOver } = batchesOf(
    due.length,
    matching,
    staying.length,
    batchSize(desired, preferences),
    preferences,
  );
  const held = batches.filter(({ checkpoint }) => checkpoint !== undefined && checkpoint < 100).length;
  return {
    replaced: due,
    kept,
    waitedFor,
    batches,
    leftOver,
    seconds: {
      replacing: batches.length * (LAUNCH_S + preferences.instanceWarmup),
      checkpoints: held * preferences.checkpointDelay,
      baking: due.length > 0 ? preferences.bakeTime : 0,
    },
    capacity: capacityOf(desired, Math.max(0, ...batches.map(({ size }) => size)), preferences),
  };
}

function whyNotReplaced(
  { state, isProtected, version: own }: RollOutInstance,
  version: number | undefined,
  { skipMatching, standbyInstances, scaleInProtectedInstances }: RollOutPreferences,
): { why: "matches" | "protected" | "standby"; isWaitedFor: boolean } | undefined {
  if (skipMatching && version !== undefined && own === String(version))
    return { why: "matches", isWaitedFor: false };
  if (state === "Standby" && standbyInstances !== "Terminate")
    return { why: "standby", isWaitedFor: standbyInstances === "Wait" };
  if (isProtected && scaleInProtectedInstances !== "Refresh")
    return { why: "protected", isWaitedFor: scaleInProtectedInstances === "Wait" };
  return undefined;
}

/**
 * Instances replaced at a time: the range between the smallest and the largest healthy share of the desired capacity,
 * the smallest rounded up; one at least.
 */
function batchSize(
  desired: number,
  { minHealthyPercentage, maxHealthyPercentage }: RollOutPreferences,
): number {
  return Math.max(
    1,
    Math.floor((desired * maxHealthyPercentage) / 100) - Math.ceil((desired * minHealthyPercentage) / 100),
  );
}

/** Checkpoints are shares of all instances of the group that must be new; one that is passed at once is skipped. */
function batchesOf(
  due: number,
  matching: number,
  all: number,
  size: number,
  { checkpointPercentages }: RollOutPreferences,
): { batches: Batch[]; leftOver: number } {
  const checkpoints = checkpointPercentages
    .map((percentage) => ({ percentage, at: Math.ceil((all * percentage) / 100) - matching }))
    .filter(({ at }) => at > 0);
  const last = checkpointPercentages.at(-1) ?? 100;
  const end = last === 100 ? due : Math.min(due, Math.max(0, Math.ceil((all * last) / 100) - matching));
  const batches: Batch[] = [];
  let done = 0;
  while (done < end) {
    const next = checkpoints.find(({ at }) => at > done);
    const step = Math.min(size, end - done, next ? next.at - done : size);
    done += step;
    const reached = checkpoints.findLast(({ at }) => at <= done && at > done - step);
    batches.push({ size: step, ...(reached && done < due && { checkpoint: reached.percentage }) });
  }
  return { batches, leftOver: due - end };
}

/**
 * At 100 percent and more, AWS starts the new instances before it ends the old ones; below, both at once. A group too
 * small for its share loses one instance nevertheless.
 */
function capacityOf(
  desired: number,
  largest: number,
  { minHealthyPercentage, maxHealthyPercentage }: RollOutPreferences,
): RollOutPlan["capacity"] {
  if (largest === 0) return { least: desired, most: desired };
  const launchesFirst = minHealthyPercentage >= 100;
  if (launchesFirst) return { least: desired, most: desired + largest };
  const leaving = Math.max(1, desired - Math.ceil((desired * minHealthyPercentage) / 100));
  return {
    least: Math.max(0, desired - Math.min(leaving, largest)),
    most: Math.max(desired, Math.min(Math.floor((desired * maxHealthyPercentage) / 100), desired + largest)),
  };
}
