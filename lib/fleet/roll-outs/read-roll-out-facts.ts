import "server-only";
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { authorize } from "@/lib/auth/authorize";
import { type Action, permits } from "@/lib/auth/permissions";
import type { AwsAccess } from "@/lib/aws/types";
import { readAmiLineage, readImages } from "@/lib/history/read-index";
import type { AmiBuild } from "@/lib/history/types";
import { followedVersion, parameterOf, versionAmi } from "@/lib/image-builder/lifecycle/group-starts";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { kindOfGroup, ownerOf, tagsOf } from "../groups/find-members";
import {
  accessIn,
  isActive,
  readAmiStates,
  readGroup,
  readRefreshes,
  readVersions,
  templateOf,
} from "./read-roll-out-group";
import type {
  RollOutAmi,
  RollOutInstance,
  RollOutPreferences,
  RollOutPreview,
  RollOutVersion,
} from "./types";

/** AWS's defaults: https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-instance-refresh-default-values.html */
const DEFAULT_MIN = 90;
const DEFAULT_MAX = 100;
const DEFAULT_DELAY_S = 3600;

/** A group with all that decides its roll-out. */
export type RollOutFacts = {
  aws: AwsAccess;
  group: AutoScalingGroup;
  preview: RollOutPreview;
  /** Names of the images that the group would start or runs; "" for an AMI that no build made. */
  imageNames: string[];
};

/**
 * Reads everything that a roll-out of a group is decided by. Throws `not-found` for a group that is not there.
 * @param recorded an AMI that was chosen earlier, which stands in for the latest one
 */
export async function readRollOutFacts(
  ctx: UseCaseContext,
  { region, group: name, recorded }: { region: string; group: string; recorded?: string | undefined },
): Promise<RollOutFacts> {
  const aws = await accessIn(ctx, region);
  const [group, refreshes] = await Promise.all([
    readGroup(aws, name),
    unlessFailed(readRefreshes(aws, name), []),
  ]);
  const template = templateOf(group);
  const { versions, resolved, doubts } = template
    ? await readVersions(aws, template)
    : { versions: [], resolved: new Map<string, string>(), doubts: [] };
  const amiOf = (version: LaunchTemplateVersion) => versionAmi(version, resolved);
  const { value: lineage, reason } = await unlessFailed(
    readAmiLineage(ctx, region, [
      ...versions.map(amiOf),
      ...overrideAmis(group),
      ...(recorded ? [recorded] : []),
    ]),
    new Map<string, AmiBuild>(),
  );
  const { value: images } = await unlessFailed(readImages(ctx), []);
  const current = template && followedVersion(versions, template)?.VersionNumber;
  const instances = instancesOf(group, versions, amiOf);
  const running = mostRun(instances);
  const pipelineBuilds = [current, running].flatMap((number) => {
    const version = versions.find(({ VersionNumber }) => VersionNumber === number);
    return (version && lineage.get(amiOf(version))) ?? [];
  });
  const newest = (recorded ? lineage.get(recorded) : pipelineBuilds[0]?.newest) ?? undefined;
  const latest = images.find(
    ({ name: image, version, build }) =>
      newest && image === newest.name && version === newest.version && build === newest.build,
  );
  const latestAmi = recorded ?? latest?.amis.find((ami) => ami.region === region)?.amiId;
  const states = await readAmiStates(aws, [...versions.map(amiOf), ...(latestAmi ? [latestAmi] : [])]);
  const shown = versions.map((version) => versionOf(version, amiOf(version), states.stateOf, lineage));
  const existing = shown.find(({ amiId }) => amiId !== undefined && amiId === latestAmi);
  const newAmi: RollOutAmi | undefined =
    latestAmi && newest && !existing ? { amiId: latestAmi, image: newest } : undefined;
  const active = refreshes.value.find(({ Status }) => isActive(Status));
  const tags = tagsOf(group.Tags);
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  const suggestedVersion = existing?.number ?? shown[0]?.number;
  return {
    aws,
    group,
    imageNames: namesOf(
      [
        ...instances.map(({ amiId }) => amiId),
        shown.find(({ number }) => number === current)?.amiId,
        ...overrideAmis(group),
      ],
      lineage,
    ),
    preview: {
      region,
      group: name,
      desired: group.DesiredCapacity ?? instances.length,
      instances,
      ...ownerOf(tags),
      ...(group.MaxInstanceLifetime && { maxInstanceLifetime: group.MaxInstanceLifetime }),
      ...(template && {
        template: {
          id: template.LaunchTemplateId ?? "",
          name: template.LaunchTemplateName ?? template.LaunchTemplateId ?? "",
          follows: template.Version ?? "$Default",
          isMixed: group.MixedInstancesPolicy !== undefined,
          hasOwnOverrides: overrides.some((one) => one.ImageId || one.LaunchTemplateSpecification),
        },
      }),
      versions: shown,
      ...(current !== undefined && { current }),
      ...(running !== undefined && { running }),
      ...(newAmi && { newAmi }),
      ...(newAmi
        ? { suggested: { amiId: newAmi.amiId } }
        : suggestedVersion !== undefined && { suggested: { version: suggestedVersion } }),
      defaults: defaultsOf(group),
      ...obstacleOf(group),
      ...(isCopyable(group) && { launchConfiguration: group.LaunchConfigurationName }),
      ...(active && {
        active: { refreshId: active.InstanceRefreshId ?? "", status: active.Status ?? "" },
      }),
      doubts: [
        ...doubts,
        ...states.doubts,
        ...(refreshes.reason ? [`Whether a refresh is in progress is not known. ${refreshes.reason}`] : []),
        ...(reason ? [`Which builds made the AMIs is not known. ${reason}`] : []),
      ],
      readAt: new Date(ctx.clock.now()).toISOString(),
    },
  };
}

/**
 * Refuses whoever's grants do not cover every image that the group would start or runs: an AMI that no build made takes
 * a grant for all names. Throws `forbidden`, on record.
 */
export async function authorizeImages(
  ctx: UseCaseContext,
  action: Action,
  imageNames: string[],
): Promise<void> {
  for (const name of imageNames.length > 0 ? imageNames : [""]) await authorize(ctx, action, name);
}

/** The same for a group as it is now: it may have changed since its roll-out was recorded. */
export async function authorizeGroupNow(
  ctx: UseCaseContext,
  action: Action,
  { region, groupName }: { region: string; groupName: string },
): Promise<void> {
  const { imageNames } = await readRollOutFacts(ctx, { region, group: groupName });
  await authorizeImages(ctx, action, imageNames);
}

/** A group may run images of several teams: of the others' only their AMIs are shown. */
export function seenPreview(ctx: UseCaseContext, preview: RollOutPreview): RollOutPreview {
  const isSeen = ({ name }: { name: string }) => permits(ctx.actor, "get-image-build", ctx.target.id, name);
  const { newAmi, suggested, ...rest } = preview;
  const showsNew = newAmi !== undefined && isSeen(newAmi.image);
  return {
    ...rest,
    ...(showsNew && { newAmi }),
    ...(suggested && ("version" in suggested || showsNew) && { suggested }),
    versions: preview.versions.map(({ build, ...version }) => ({
      ...version,
      ...(build && isSeen(build) && { build }),
    })),
  };
}

/** Whether somebody may see a group by one of its images, as the fleet shows it. */
export const maySeeImages = (ctx: UseCaseContext, imageNames: string[]): boolean =>
  ["", ...imageNames].some((name) => permits(ctx.actor, "get-image-build", ctx.target.id, name));

function namesOf(amiIds: (string | undefined)[], lineage: Map<string, AmiBuild>): string[] {
  return [...new Set(amiIds.map((amiId) => lineage.get(amiId ?? "")?.name ?? ""))];
}

function versionOf(
  { VersionNumber = 0, LaunchTemplateData, CreateTime }: LaunchTemplateVersion,
  amiId: string,
  stateOf: (amiId: string | undefined) => RollOutVersion["ami"],
  lineage: Map<string, AmiBuild>,
): RollOutVersion {
  const parameter = parameterOf(LaunchTemplateData?.ImageId);
  const known = amiId.startsWith("ami-") ? amiId : undefined;
  const build = known && lineage.get(known);
  return {
    number: VersionNumber,
    ...(known && { amiId: known }),
    ...(parameter && { parameter }),
    ami: stateOf(known),
    ...(build && { build }),
    ...(CreateTime && { createdAt: CreateTime.toISOString() }),
  };
}

function instancesOf(
  group: AutoScalingGroup,
  versions: LaunchTemplateVersion[],
  amiOf: (version: LaunchTemplateVersion) => string,
): RollOutInstance[] {
  const template = templateOf(group);
  return (group.Instances ?? []).map((one) => {
    const isOfTemplate = one.LaunchTemplate?.LaunchTemplateId === template?.LaunchTemplateId;
    const number = isOfTemplate ? one.LaunchTemplate?.Version : undefined;
    const version = versions.find(({ VersionNumber }) => String(VersionNumber) === number);
    // What a parameter held when the instance started is not what it holds now.
    const named = version && !parameterOf(version.LaunchTemplateData?.ImageId) ? amiOf(version) : undefined;
    const amiId = one.ImageId ?? named;
    return {
      id: one.InstanceId ?? "",
      zone: one.AvailabilityZone ?? "",
      state: one.LifecycleState ?? "",
      isProtected: one.ProtectedFromScaleIn ?? false,
      ...(number !== undefined && { version: number }),
      ...(amiId !== undefined && { amiId }),
    };
  });
}

function mostRun(instances: RollOutInstance[]): number | undefined {
  const counts = new Map<string, number>();
  for (const { version } of instances)
    if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most && Number(most[0]);
}

function defaultsOf(group: AutoScalingGroup): RollOutPreferences {
  const { MinHealthyPercentage: min = -1, MaxHealthyPercentage: max = -1 } =
    group.InstanceMaintenancePolicy ?? {};
  const warmup = group.DefaultInstanceWarmup ?? -1;
  return {
    minHealthyPercentage: min >= 0 ? min : DEFAULT_MIN,
    maxHealthyPercentage: max >= 0 ? max : DEFAULT_MAX,
    instanceWarmup: warmup >= 0 ? warmup : (group.HealthCheckGracePeriod ?? 0),
    skipMatching: true,
    checkpointPercentages: [],
    checkpointDelay: DEFAULT_DELAY_S,
    bakeTime: 0,
    alarms: [],
    autoRollback: false,
    scaleInProtectedInstances: "Wait",
    standbyInstances: "Wait",
  };
}

/** What overrides of a mixed instances policy start instead; "" where another template names it, which is not read. */
const overrideAmis = ({ MixedInstancesPolicy }: AutoScalingGroup): string[] =>
  (MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).flatMap((one) => {
    if (one.ImageId) return [one.ImageId];
    return one.LaunchTemplateSpecification ? [""] : [];
  });

/** EKS and Elastic Beanstalk replace the launch configurations of their groups by themselves. */
const isCopyable = (group: AutoScalingGroup): boolean =>
  group.LaunchConfigurationName !== undefined &&
  ["Auto Scaling group", "ECS capacity provider"].includes(kindOfGroup(tagsOf(group.Tags)));

/** Why a refresh of this group is not ours to start; nothing where it is. */
function obstacleOf(group: AutoScalingGroup): { obstacle?: string } {
  const kind = kindOfGroup(tagsOf(group.Tags));
  // https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
  if (kind === "EKS node group")
    return { obstacle: "EKS manages this group. Update the node group's version in EKS." };
  if (kind === "Elastic Beanstalk environment")
    return { obstacle: "Elastic Beanstalk manages this group. Update the environment there." };
  if (group.LaunchConfigurationName)
    return {
      obstacle: `The group uses the launch configuration ${group.LaunchConfigurationName}. Copy it to a launch template first.`,
    };
  return templateOf(group) ? {} : { obstacle: "The group has no launch template." };
}
