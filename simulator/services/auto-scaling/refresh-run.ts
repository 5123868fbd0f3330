import type { Instance } from "@aws-sdk/client-auto-scaling";
import { launchInstances, putInService, terminateInstances, withState } from "./group-instances";
import { batchSize, healthyShare, warmupOf } from "./refresh-rules";
import type { AutoScalingStore, GroupRow, LaunchSettings, RefreshRow, RefreshWork } from "./store";

/** What AWS takes to start an instance before its warm-up begins. */
const LAUNCH_MS = 60_000;
/** How often a refresh that waits for an instance or a launch looks again, and when it gives up. */
const LOOK_AGAIN_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;
const CHECKPOINT_DELAY_S = 3600;

const ACTIVE = ["Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress"];

/** True for a refresh that keeps another from being started. */
export function isActive({ Status }: RefreshRow): boolean {
  return ACTIVE.includes(Status ?? "");
}

/** Brings a refresh up to `now`, step by step, each at the time at which it was due. */
export function advanceRefresh(store: AutoScalingStore, row: RefreshRow, now: number): RefreshRow {
  let current = row;
  while (isActive(current) && current.work.nextAt <= now) {
    const group = store.groups.get(current.AutoScalingGroupName);
    if (!group) return current;
    current = store.refreshes.put(step(store, group, current, current.work.nextAt));
  }
  const alarm = firingAlarm(store, current);
  if (alarm === undefined) return current;
  const reason = `Found alarm(s) in ALARM state: [${alarm}]`;
  const stopped = current.Preferences?.AutoRollback
    ? startRollback(store, current, now, reason)
    : ended(current, "Failed", now, reason);
  return advanceRefresh(store, store.refreshes.put(stopped), now);
}

function firingAlarm(store: AutoScalingStore, row: RefreshRow): string | undefined {
  if (row.Status !== "InProgress" && row.Status !== "Baking") return undefined;
  const firing = store.firingAlarms();
  return row.Preferences?.AlarmSpecification?.Alarms?.find((alarm) => firing.includes(alarm));
}

function step(store: AutoScalingStore, group: GroupRow, row: RefreshRow, at: number): RefreshRow {
  if (row.Status === "Pending") return startBatch(store, group, { ...row, Status: "InProgress" }, at);
  if (row.Status === "Baking") return succeeded(store, group, row, at);
  const done = row.work.batch ? endBatch(store, row, at) : row;
  if (done.Status === "Cancelling") return ended(done, "Cancelled", at);
  const after = store.groups.get(row.AutoScalingGroupName) ?? group;
  if (row.work.batch) {
    const held = atCheckpoint(store, after, done, at);
    if (held) return held;
  }
  return startBatch(store, after, done, at);
}

/** Ends what leaves and puts what arrives in service. */
function endBatch(store: AutoScalingStore, row: RefreshRow, _at: number): RefreshRow {
  const { batch } = row.work;
  const group = store.groups.get(row.AutoScalingGroupName);
  if (!batch || !group) return row;
  store.groups.put(terminateInstances(store, putInService(store, group, batch.arriving), batch.leaving));
  const replaced = row.work.replaced + batch.leaving.length;
  return withProgress(row, { ...row.work, batch: undefined, replaced });
}

/** The refresh that waits at a checkpoint or ends at its last one; undefined when it goes on. */
function atCheckpoint(
  store: AutoScalingStore,
  group: GroupRow,
  row: RefreshRow,
  at: number,
): RefreshRow | undefined {
  const percentages = row.Preferences?.CheckpointPercentages ?? [];
  const next = percentages[row.work.checkpoints];
  if (row.Status === "RollbackInProgress" || next === undefined) return undefined;
  const { replaced, total, speed } = row.work;
  if (replaced < Math.ceil((total * next) / 100)) return undefined;
  const checkpoints = row.work.checkpoints + 1;
  if (checkpoints === percentages.length && row.work.queue.length > 0) {
    const reached = { ...row, work: { ...row.work, checkpoints, queue: [] } };
    return bakeOrEnd(store, group, reached, at);
  }
  if (row.work.queue.length === 0) return undefined;
  const delayMs = ((row.Preferences?.CheckpointDelay ?? CHECKPOINT_DELAY_S) * 1000) / speed;
  return {
    ...row,
    StatusReason: `Checkpoint reached: ${next}% of the instances have been replaced. Waiting for the checkpoint delay.`,
    work: { ...row.work, checkpoints, nextAt: at + delayMs },
  };
}

function startBatch(store: AutoScalingStore, group: GroupRow, row: RefreshRow, at: number): RefreshRow {
  const { work, Preferences: preferences = {} } = row;
  const here = new Map((group.Instances ?? []).map((one) => [one.InstanceId ?? "", one]));
  const queue = work.queue.filter((id) => here.has(id));
  if (queue.length === 0) return bakeOrEnd(store, group, { ...row, work: { ...work, queue } }, at);

  const ready = queue.filter((id) => !isWaitedFor(here.get(id), row));
  if (ready.length === 0) {
    const reason = "Waiting for instances that are protected from scale in or in standby.";
    return waiting({ ...row, work: { ...work, queue } }, at, reason);
  }
  const leaving = ready.slice(0, Math.min(batchSize(group, preferences), untilCheckpoint(row)));
  const { most } = healthyShare(group, preferences);
  const marked = most > 100 ? group : withState(group, leaving, "Terminating");
  const launched = launchInstances(store, marked, {
    count: leaving.length,
    settings: settingsNow(row),
    at,
    isReady: false,
  });
  if (launched.started.length < leaving.length) {
    store.groups.put(
      terminateInstances(store, withState(launched.group, leaving, "InService"), launched.started),
    );
    return waiting(row, at, `Instance launch failed: ${launched.refusal ?? "no launch template"}`);
  }
  store.groups.put(launched.group);
  const { StatusReason: _, ...plain } = row;
  return withProgress(plain, {
    ...work,
    queue: queue.filter((id) => !leaving.includes(id)),
    started: [...work.started, ...launched.started],
    batch: { leaving, arriving: launched.started },
    waitingSince: undefined,
    nextAt: at + (LAUNCH_MS + warmupOf(group, preferences) * 1000) / work.speed,
  });
}

function settingsNow(row: RefreshRow): LaunchSettings {
  if (row.Status === "RollbackInProgress" || !row.DesiredConfiguration) return row.work.before;
  return row.DesiredConfiguration;
}

function untilCheckpoint({ Status, Preferences, work }: RefreshRow): number {
  const next = Preferences?.CheckpointPercentages?.[work.checkpoints];
  if (Status === "RollbackInProgress" || next === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil((work.total * next) / 100) - work.replaced);
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html */
function isWaitedFor(instance: Instance | undefined, { Preferences }: RefreshRow): boolean {
  if (!instance) return false;
  if (instance.LifecycleState === "Standby") return Preferences?.StandbyInstances !== "Terminate";
  return Boolean(instance.ProtectedFromScaleIn) && Preferences?.ScaleInProtectedInstances !== "Refresh";
}

function waiting(row: RefreshRow, at: number, StatusReason: string): RefreshRow {
  const { work } = row;
  const waitingSince = work.waitingSince ?? at;
  if (at - waitingSince >= LONGEST_WAIT_MS / work.speed)
    return ended(row, row.Status === "RollbackInProgress" ? "RollbackFailed" : "Failed", at, StatusReason);
  return {
    ...row,
    StatusReason,
    work: { ...work, waitingSince, nextAt: at + LOOK_AGAIN_MS / work.speed },
  };
}

function bakeOrEnd(store: AutoScalingStore, group: GroupRow, row: RefreshRow, at: number): RefreshRow {
  const bakeTime = row.Preferences?.BakeTime ?? 0;
  if (bakeTime === 0 || row.Status === "RollbackInProgress") return succeeded(store, group, row, at);
  const nextAt = at + (bakeTime * 1000) / row.work.speed;
  return withProgress({ ...row, Status: "Baking" }, { ...row.work, nextAt });
}

/** The desired configuration becomes the group's when the refresh succeeds. */
function succeeded(store: AutoScalingStore, group: GroupRow, row: RefreshRow, at: number): RefreshRow {
  if (row.Status === "RollbackInProgress") return ended(row, "RollbackSuccessful", at);
  if (row.DesiredConfiguration) {
    const { LaunchTemplate: _, MixedInstancesPolicy: __, LaunchConfigurationName: ___, ...rest } = group;
    store.groups.put({ ...rest, ...row.DesiredConfiguration });
  }
  const { StatusReason: ____, ...plain } = row;
  return ended(plain, "Successful", at);
}

function ended(
  row: RefreshRow,
  Status: NonNullable<RefreshRow["Status"]>,
  at: number,
  StatusReason?: string,
): RefreshRow {
  const isDone = Status === "Successful" || Status === "RollbackSuccessful";
  return {
    ...row,
    Status,
    EndTime: new Date(at),
    ...(StatusReason !== undefined && { StatusReason }),
    ...(isDone && { PercentageComplete: 100 }),
    ...(Status === "Successful" && { InstancesToUpdate: 0 }),
  };
}

/** The refresh on its way back to what the group started with before. */
export function startRollback(
  store: AutoScalingStore,
  row: RefreshRow,
  at: number,
  RollbackReason: string,
): RefreshRow {
  const settled = row.work.batch ? endBatch(store, row, at) : row;
  const { PercentageComplete = 0, InstancesToUpdate = 0 } = settled;
  const { started } = settled.work;
  return {
    ...settled,
    Status: "RollbackInProgress",
    StatusReason: RollbackReason,
    PercentageComplete: 0,
    RollbackDetails: {
      RollbackReason,
      RollbackStartTime: new Date(at),
      PercentageCompleteOnRollback: PercentageComplete,
      InstancesToUpdateOnRollback: InstancesToUpdate,
    },
    work: {
      ...settled.work,
      queue: started,
      total: started.length,
      replaced: 0,
      waitingSince: undefined,
      nextAt: at,
    },
  };
}

/** The row with the progress that AWS reports; in a rollback InstancesToUpdate stays at those never touched. */
function withProgress(row: RefreshRow, work: RefreshWork): RefreshRow {
  const share = work.total === 0 ? 1 : Math.min(1, work.replaced / work.total);
  return {
    ...row,
    work,
    PercentageComplete: Math.floor(share * 100),
    ...(row.Status !== "RollbackInProgress" && { InstancesToUpdate: work.total - work.replaced }),
  };
}
