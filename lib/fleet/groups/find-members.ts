import type { AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import type { InstanceImageMetadata, Tag } from "@aws-sdk/client-ec2";
import { canonicalText } from "@/lib/core/canonical-text";
import {
  followedVersion,
  type GroupStarts,
  startingWays,
  versionAmi,
} from "@/lib/image-builder/lifecycle/group-starts";
import type { FleetInstance, FleetKind, FleetMember, FleetStart } from "./types";

/** Names and tags come from others. */
const LONGEST_TEXT = 300;
const text = (value: string | undefined) => canonicalText(value ?? "", LONGEST_TEXT);

type Tags = Record<string, string>;

/** Auto Scaling puts it on each instance that it starts or attaches. */
const GROUP_TAG = "aws:autoscaling:groupName";

/**
 * Everything in a Region that runs or would start instances: Auto Scaling groups, what holds other instances together
 * by its tags, and single instances. Instances of running builds are left out.
 * @param metadata what DescribeInstanceImageMetadata says of each instance that is not terminated
 */
export function findMembers({
  region,
  starts,
  metadata,
}: {
  region: string;
  starts: GroupStarts;
  metadata: InstanceImageMetadata[];
}): FleetMember[] {
  const told = new Map(metadata.map((one) => [one.InstanceId ?? "", one]));
  const inGroups = new Set(
    starts.groups.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId)),
  );
  const groupNames = new Set(starts.groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
  const others = metadata.filter(({ InstanceId = "", Tags }) => {
    const tags = tagsOf(Tags);
    // A group that was read before its newest instances counts those that it had.
    return !inGroups.has(InstanceId) && !groupNames.has(tags[GROUP_TAG]) && !isOfBuild(tags);
  });
  return [
    ...starts.groups.map((group) => memberOfGroup(region, group, starts, told)),
    ...membersOutsideGroups(region, others),
  ];
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-infra-config.html */
const isOfBuild = (tags: Tags) => tags.CreatedBy === "EC2 Image Builder";

function memberOfGroup(
  region: string,
  group: AutoScalingGroup,
  starts: GroupStarts,
  told: Map<string, InstanceImageMetadata>,
): FleetMember {
  const ways = startingWays(group, starts.configurations);
  const tags = tagsOf(group.Tags);
  return {
    kind: kindOfGroup(tags),
    name: text(group.AutoScalingGroupName),
    region,
    ...startsOf(group, starts),
    instances: (group.Instances ?? [])
      .filter(isStaying)
      .map((one) => instanceOf(one, told, starts, ways.length > 1)),
    ...ownerOf(tags),
  };
}

/** What a refresh or a scale-in is ending no longer counts. */
const isStaying = ({ LifecycleState }: Instance) => !LifecycleState?.startsWith("Terminat");

function startsOf(group: AutoScalingGroup, starts: GroupStarts): Pick<FleetMember, "starts" | "follows"> {
  const { LaunchConfigurationName } = group;
  const words: string[] = [];
  const found = startingWays(group, starts.configurations).map((way): FleetStart => {
    if (!("template" in way)) {
      words.push(way.detail);
      return { amiId: way.amiId };
    }
    const { LaunchTemplateName, LaunchTemplateId, Version = "$Default" } = way.template;
    const name = text(LaunchTemplateName ?? LaunchTemplateId);
    const version = followedVersion(starts.versions, way.template);
    const number = version?.VersionNumber;
    words.push(
      Version.startsWith("$")
        ? `launch template ${name}, follows ${Version}${number === undefined ? "" : ` (version ${number})`}`
        : `launch template ${name}, version ${Version}`,
    );
    if (!version) return { unknown: `Version ${Version} of the launch template ${name} could not be read.` };
    const named = version.LaunchTemplateData?.ImageId;
    if (!named) return { unknown: `The launch template ${name} names no AMI.` };
    const amiId = versionAmi(version, starts.resolved);
    if (named.startsWith("resolve:ssm:")) words.push(text(named));
    return amiId.startsWith("resolve:")
      ? { unknown: `The parameter that the launch template ${name} names could not be read.` }
      : { amiId };
  });
  if (found.length > 0) return { starts: found, follows: [...new Set(words)].join("; ") };
  return LaunchConfigurationName
    ? {
        starts: [{ unknown: `The launch configuration ${text(LaunchConfigurationName)} could not be read.` }],
        follows: `launch configuration ${text(LaunchConfigurationName)}`,
      }
    : { starts: [{ unknown: "The group has no launch template." }], follows: "nothing" };
}

/**
 * What an instance of a group runs: what Auto Scaling says of it, as after a root volume was replaced; else what EC2
 * says; else what its version of the launch template names, unless overrides or a parameter may have named another.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Instance.html
 */
function instanceOf(
  { InstanceId = "", ImageId, LaunchTemplate }: Instance,
  told: Map<string, InstanceImageMetadata>,
  { versions }: GroupStarts,
  hasSeveralWays: boolean,
): FleetInstance {
  const metadata = told.get(InstanceId)?.ImageMetadata;
  const version = LaunchTemplate && !hasSeveralWays ? followedVersion(versions, LaunchTemplate) : undefined;
  const named = version?.LaunchTemplateData?.ImageId;
  const amiId = ImageId ?? metadata?.ImageId ?? (named?.startsWith("ami-") ? named : undefined);
  return {
    id: InstanceId,
    ...(amiId !== undefined && { amiId }),
    ...(metadata?.ImageId === amiId && imageFacts(metadata)),
  };
}

function imageFacts(
  metadata: InstanceImageMetadata["ImageMetadata"],
): Pick<FleetInstance, "amiName" | "isDeregistered"> {
  return {
    ...(metadata?.Name && { amiName: text(metadata.Name) }),
    ...(metadata?.State === "deregistered" && { isDeregistered: true }),
  };
}

/** What manages an Auto Scaling group, by its tags. */
export const kindOfGroup = (tags: Tags): FleetKind => {
  if (tags["eks:nodegroup-name"]) return "EKS node group";
  if ("AmazonECSManaged" in tags) return "ECS capacity provider";
  if (tags["elasticbeanstalk:environment-name"]) return "Elastic Beanstalk environment";
  return "Auto Scaling group";
};

/** Instances that a tag holds together, and those that nothing does. */
function membersOutsideGroups(region: string, instances: InstanceImageMetadata[]): FleetMember[] {
  const members = new Map<string, FleetMember>();
  for (const one of instances) {
    const tags = tagsOf(one.Tags);
    const { key, ...begun } = holderOf(one, tags);
    const member = members.get(key) ?? { ...begun, region, instances: [], ...ownerOf(tags) };
    const amiId = one.ImageMetadata?.ImageId;
    members.set(key, {
      ...member,
      instances: [
        ...member.instances,
        { id: one.InstanceId ?? "", ...(amiId && { amiId }), ...imageFacts(one.ImageMetadata) },
      ],
    });
  }
  return [...members.values()];
}

function holderOf(
  { InstanceId = "" }: InstanceImageMetadata,
  tags: Tags,
): Pick<FleetMember, "kind" | "name" | "follows" | "starts" | "instanceId"> & { key: string } {
  const group = tags[GROUP_TAG];
  if (group)
    return {
      key: `group ${group}`,
      kind: kindOfGroup(tags),
      name: text(group),
      follows: "a group that was not read",
      starts: [{ unknown: "The Auto Scaling group could not be read." }],
    };
  const pool = tags["karpenter.sh/nodepool"];
  if (pool)
    return {
      key: `karpenter ${pool}`,
      kind: "Karpenter node pool",
      name: text(pool),
      follows: "chosen in Kubernetes",
      starts: [{ unknown: "Karpenter chooses the AMI in Kubernetes, which AWS's API does not show." }],
    };
  const fleet = tags["aws:ec2:fleet-id"] ?? tags["aws:ec2spot:fleet-request-id"];
  if (fleet)
    return {
      key: `fleet ${fleet}`,
      kind: "EC2 Fleet",
      name: text(fleet),
      follows: "its own configuration",
      starts: [{ unknown: "The configuration of EC2 Fleets is not read." }],
    };
  return {
    key: `instance ${InstanceId}`,
    kind: "Single instance",
    name: text(tags.Name ? `${tags.Name} (${InstanceId})` : InstanceId),
    follows: "starts nothing by itself",
    starts: [],
    instanceId: InstanceId,
  };
}

/** Whose next run may undo a change made here. */
export function ownerOf(tags: Tags): { owner?: string } {
  const stack = tags["aws:cloudformation:stack-name"];
  if (stack) return { owner: `CloudFormation (${text(stack)})` };
  const by = Object.entries(tags).find(([key]) => /^managed[-_]?by$/i.test(key))?.[1];
  if (by) return { owner: /^terraform$/i.test(by) ? "Terraform" : text(by) };
  return Object.keys(tags).some((key) => /^terraform/i.test(key)) ? { owner: "Terraform" } : {};
}

/** Tags by their keys. */
export function tagsOf(tags: readonly Pick<Tag, "Key" | "Value">[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
