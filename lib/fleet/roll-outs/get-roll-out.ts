import "server-only";
import type { AutoScalingGroup, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { AwsAccess } from "@/lib/aws/types";
import { canonicalText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeSteps, limitsOf } from "./judge-steps";
import { readAlarms } from "./read-alarms";
import { maySeeImages } from "./read-roll-out-facts";
import {
  accessIn,
  isActive,
  readAmiStates,
  readGroup,
  readRefreshes,
  readVersions,
  templateOf,
} from "./read-roll-out-group";
import { findRollOut, followerOf, type StoredRollOut, toRow } from "./roll-out-rows";
import { rollOutKeySchema } from "./schemas";
import { atCheckpoint, endWithoutGroup, settleRollOut } from "./settle-roll-out";
import type { LiveInstance, RollOutView } from "./types";

const LONGEST_REASON = 1000;

/** A roll-out as it stands now, with the steps that can be taken. Throws `not-found`, also for what one may not see. */
export const getRollOut = useCase("get-roll-out", rollOutKeySchema, async ({ ctx, input: { id } }) =>
  sharedAnswer(ctx, `get-roll-out ${id}`, async () => viewOf(ctx, await readStanding(ctx, id))),
);

/** The same with what its steps need. */
export async function readStanding(ctx: UseCaseContext, id: string) {
  const stored = await findRollOut(ctx, id);
  if (!maySeeImages(ctx, stored.imageNames))
    throw new ConsoleFailure({ code: "not-found", message: "There is no roll-out with this ID." });
  const aws = await accessIn(ctx, stored.region);
  const { value: group, reason: groupReason } = await unlessFailed(
    unlessGone(readGroup(aws, stored.groupName), undefined),
    undefined,
  );
  const isGone = !group && !groupReason;
  const settling: ReturnType<typeof settleRollOut> = isGone
    ? endWithoutGroup(ctx, stored).then((row) => ({ row }))
    : settleRollOut(ctx, aws, stored, group);
  const { value: settled, reason } = await unlessFailed(settling, { row: stored });
  const doubts = [
    ...(groupReason ? [`The group could not be read. ${groupReason}`] : []),
    ...(isGone ? ["The group no longer exists."] : []),
    ...(reason ? [`The instance refresh could not be read. ${reason}`] : []),
  ];
  const refresh: InstanceRefresh | undefined = "refresh" in settled ? settled.refresh : undefined;
  return { aws, group, refresh, stored: settled.row, doubts };
}

/** What the page shows of a roll-out, and the steps that it can take. */
export async function viewOf(
  ctx: UseCaseContext,
  { aws, group, refresh, stored, doubts }: Awaited<ReturnType<typeof readStanding>>,
): Promise<RollOutView> {
  const [facts, follower] = await Promise.all([factsOf(aws, stored, group), followerOf(ctx, stored.id)]);
  const instances = group ? instancesOf(group, stored) : [];
  const fresh = instances.filter(({ side }) => side === "new").length;
  const ended = stored.endedAt !== null;
  const at = refresh && atCheckpoint(refresh, stored.preferences, group);
  const since = at === stored.checkpoint ? stored.checkpointAt : undefined;
  const { RollbackDetails } = refresh ?? {};
  return {
    ...toRow(ctx, stored),
    ...(stored.refreshId !== null && { refreshId: stored.refreshId }),
    preferences: stored.preferences,
    alarms: facts.alarms,
    ...(stored.pinned !== null && { pinned: stored.pinned }),
    instances,
    ...(refresh?.InstancesToUpdate !== undefined && { left: refresh.InstancesToUpdate }),
    ...(at !== undefined &&
      since && {
        checkpoint: {
          percentage: at,
          since: since.toISOString(),
          until: new Date(since.getTime() + stored.preferences.checkpointDelay * 1000).toISOString(),
        },
      }),
    ...(RollbackDetails && {
      rollBack: {
        ...(RollbackDetails.RollbackStartTime && { at: RollbackDetails.RollbackStartTime.toISOString() }),
        ...(RollbackDetails.RollbackReason && {
          reason: canonicalText(RollbackDetails.RollbackReason, LONGEST_REASON),
        }),
      },
    }),
    steps: judgeSteps({
      status: stored.status,
      ended,
      refreshId: stored.refreshId,
      before: stored.before,
      after: stored.after,
      follows: group && (templateOf(group)?.Version ?? "$Default"),
      hasDesired: refresh && refresh.DesiredConfiguration !== undefined,
      usesParameter: facts.usesParameter,
      beforeAmi: facts.beforeAmi,
      isAtCheckpoint: at !== undefined,
      fresh,
      old: instances.length - fresh,
      ...(facts.other && { other: facts.other }),
    }),
    limits: limitsOf({
      continues: stored.relation === "continues",
      ended,
      freshAtStart: instances.filter(
        ({ id: instance, side }) => side === "new" && stored.instances.includes(instance),
      ).length,
      status: stored.status,
      before: stored.before,
    }),
    ...(stored.relation === "continues" && stored.relatedId && { continues: stored.relatedId }),
    ...(stored.relation === "returns" && stored.relatedId && { returns: stored.relatedId }),
    ...(follower?.relation && { followedBy: { id: follower.id, as: follower.relation } }),
    ...(stored.seriesId && { series: stored.seriesId }),
    doubts: [...doubts, ...facts.doubts],
  };
}

/** What decides whether there is a way back: the version before, its AMI, and other refreshes of the group. */
async function factsOf(aws: AwsAccess, stored: StoredRollOut, group: AutoScalingGroup | undefined) {
  const { templateId, version } = stored.before;
  const [{ versions, doubts }, states, refreshes, watched] = await Promise.all([
    readVersions(aws, { LaunchTemplateId: templateId }),
    readAmiStates(aws, stored.before.amiId ? [stored.before.amiId] : []),
    unlessFailed(group ? readRefreshes(aws, stored.groupName) : Promise.resolve([]), []),
    readAlarms(aws, stored.preferences.alarms),
  ]);
  const before = versions.find(({ VersionNumber }) => VersionNumber === version);
  const other = refreshes.value.find(
    ({ Status, InstanceRefreshId }) => isActive(Status) && InstanceRefreshId !== stored.refreshId,
  );
  return {
    usesParameter: before?.LaunchTemplateData?.ImageId?.startsWith("resolve:ssm:") ?? false,
    beforeAmi: states.stateOf(stored.before.amiId),
    other: other?.InstanceRefreshId,
    alarms: watched.alarms,
    doubts: [
      ...doubts,
      ...states.doubts,
      ...(watched.reason ? [`The state of the alarms is not known. ${watched.reason}`] : []),
    ],
  };
}

/** New is what runs the version that is rolled out, or, where the version did not change, what came after the start. */
function instancesOf(group: AutoScalingGroup, { before, after, instances }: StoredRollOut): LiveInstance[] {
  return (group.Instances ?? []).map((one) => {
    const { InstanceId: id = "", LaunchTemplate, ImageId } = one;
    const runsAfter = LaunchTemplate?.Version === String(after.version);
    const isNew = before.version === after.version ? !instances.includes(id) : runsAfter;
    return {
      id,
      zone: one.AvailabilityZone ?? "",
      state: one.LifecycleState ?? "",
      isProtected: one.ProtectedFromScaleIn ?? false,
      ...(LaunchTemplate?.Version && { version: LaunchTemplate.Version }),
      ...(ImageId && { amiId: ImageId }),
      side: isNew ? "new" : "old",
    };
  });
}
