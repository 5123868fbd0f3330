import "server-only";
import type { AutoScalingGroup, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { AwsAccess } from "@/lib/aws/types";
import { canonicalText } from "@/lib/core/canonical-text";
import { MINUTE_MS } from "@/lib/core/time";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { isActive, readRefreshes } from "./read-roll-out-group";
import { changeRollOut, type StoredRollOut } from "./roll-out-rows";
import { tellRollOut } from "./tell-roll-out";

/** AWS's reasons hold names of alarms and instances. */
const LONGEST_REASON = 1000;
/** A start without an answer is looked for so long. */
const ADOPT_FOR_MS = 2 * MINUTE_MS;
/** The clocks of AWS and of the console may differ. */
const CLOCK_SKEW_MS = 5_000;

/** Our words for a start of which AWS says nothing. */
export const STARTING = "Starting";
export const NOT_STARTED = "Not started";
const GONE = "Not known";

/**
 * Brings the row of a roll-out up to what AWS says of its refresh. A start whose answer was lost, as when the console
 * ended meanwhile, is found again among the group's refreshes; what AWS does not have after two minutes was not started.
 */
export async function settleRollOut(
  ctx: Pick<UseCaseContext, "database" | "clock">,
  aws: AwsAccess,
  stored: StoredRollOut,
  group: AutoScalingGroup | undefined = undefined,
): Promise<{ row: StoredRollOut; refresh?: InstanceRefresh }> {
  const now = ctx.clock.now();
  const refreshes = await readRefreshes(aws, stored.groupName, stored.refreshId ?? undefined);
  const refresh = stored.refreshId ? refreshes[0] : refreshes.find((one) => isStartedAs(one, stored));
  if (!refresh) {
    const isLate = now - stored.startedAt.getTime() > ADOPT_FOR_MS;
    if (stored.endedAt || !isLate) return { row: stored };
    // AWS keeps refreshes for six weeks.
    const status = stored.refreshId ? GONE : NOT_STARTED;
    const reason = stored.refreshId
      ? "AWS no longer has this instance refresh, so how it ended is not known."
      : "AWS has no instance refresh of this start.";
    return { row: await change(ctx, stored, { status, reason, endedAt: new Date(now) }) };
  }
  const status = refresh.Status ?? "";
  const at = atCheckpoint(refresh, stored.preferences, group);
  const isNews = at !== undefined && at !== stored.checkpoint;
  const values = {
    refreshId: refresh.InstanceRefreshId ?? stored.refreshId,
    status,
    percentage: refresh.PercentageComplete ?? stored.percentage,
    reason: refresh.StatusReason ? canonicalText(refresh.StatusReason, LONGEST_REASON) : null,
    ...(isNews && { checkpoint: at, checkpointAt: new Date(now) }),
    endedAt: isActive(status) ? null : (stored.endedAt ?? refresh.EndTime ?? new Date(now)),
  };
  return { row: await change(ctx, stored, values), refresh };
}

/** Ends the row of a roll-out whose group is gone: AWS tells of its refreshes no more. */
export function endWithoutGroup(
  ctx: Pick<UseCaseContext, "database" | "clock">,
  stored: StoredRollOut,
): Promise<StoredRollOut> {
  const reason = "The group no longer exists, so how the roll-out ended is not known.";
  return stored.endedAt
    ? Promise.resolve(stored)
    : change(ctx, stored, { status: GONE, reason, endedAt: new Date(ctx.clock.now()) });
}

/** The same configuration, started no earlier than the row was written. */
function isStartedAs({ StartTime, DesiredConfiguration }: InstanceRefresh, stored: StoredRollOut): boolean {
  if ((StartTime?.getTime() ?? 0) < stored.startedAt.getTime() - CLOCK_SKEW_MS) return false;
  const template =
    DesiredConfiguration?.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ??
    DesiredConfiguration?.LaunchTemplate;
  return template === undefined || template.Version === String(stored.after.version);
}

/**
 * The checkpoint, in percent, at which a refresh waits; undefined where it does not. AWS has no member for it: its share
 * is reached, instances are left, and nothing of the group is on its way in or out.
 */
export function atCheckpoint(
  { Status, StatusReason = "", PercentageComplete = 0, InstancesToUpdate = 0 }: InstanceRefresh,
  { checkpointPercentages }: Pick<StoredRollOut["preferences"], "checkpointPercentages">,
  group: Pick<AutoScalingGroup, "Instances"> | undefined,
): number | undefined {
  if (Status !== "InProgress" || InstancesToUpdate === 0) return undefined;
  const reached = checkpointPercentages.findLast((share) => share < 100 && share <= PercentageComplete);
  if (reached === undefined) return undefined;
  if (/checkpoint/i.test(StatusReason)) return reached;
  if (/warm/i.test(StatusReason) || !group) return undefined;
  const isMoving = group.Instances?.some(({ LifecycleState = "" }) =>
    /^(Pending|Terminat)/.test(LifecycleState),
  );
  return isMoving ? undefined : reached;
}

async function change(
  ctx: Pick<UseCaseContext, "database" | "clock">,
  stored: StoredRollOut,
  values: Partial<StoredRollOut>,
): Promise<StoredRollOut> {
  const changed = Object.entries(values).some(
    ([member, value]) => String(value) !== String(stored[member as keyof StoredRollOut]),
  );
  const row = { ...stored, ...values };
  const now = new Date(ctx.clock.now());
  if (changed) await changeRollOut(ctx, stored.id, values, (tx) => tellRollOut(tx, { stored, row }, now));
  return row;
}
