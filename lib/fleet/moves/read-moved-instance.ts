import "server-only";
import {
  DescribeImagesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  type Filter,
  type Instance,
} from "@aws-sdk/client-ec2";
import type { AwsAccess } from "@/lib/aws/types";
import { canonicalText } from "@/lib/core/canonical-text";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import { tagsOf } from "../groups/find-members";
import { isOver } from "./judge-move";
import type { ImageNow, InstanceNow, MovedInstance } from "./types";

const LONGEST_TEXT = 255;
/** For what decides whether another one is made. */
const THIS_MOMENT = { freshForMs: 0 };
const text = (raw: string) => canonicalText(raw, LONGEST_TEXT);

/** An instance as EC2 tells of it; undefined where there is none. By filter: asked for by ID, one that is gone is an error. */
export const describeInstance = async (aws: AwsAccess, instanceId: string): Promise<Instance | undefined> =>
  (await describeInstances(aws, { Name: "instance-id", Values: [instanceId] }, {}))[0];

/** Client tokens of the launches of a move, the first attempt's first. */
export const launchTokens = (id: string, attempts: number): string[] =>
  Array.from({ length: attempts }, (_, index) => `${id}-${index + 1}`);

/** The instance that any attempt of a move launched and that has not ended: an answer may have been lost. */
export async function findLaunched(
  aws: AwsAccess,
  { id, launchAttempt }: { id: string; launchAttempt: number },
): Promise<string | undefined> {
  const filter = { Name: "client-token", Values: launchTokens(id, launchAttempt) };
  const found = await describeInstances(aws, filter, THIS_MOMENT);
  return found.find(({ State }) => !isOver({ state: State?.Name ?? "" }))?.InstanceId;
}

async function describeInstances(
  aws: AwsAccess,
  filter: Filter,
  options: { freshForMs?: number },
): Promise<Instance[]> {
  const command = new DescribeInstancesCommand({ Filters: [filter] });
  const { Reservations = [] } = await aws.ec2.read(command, options);
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

/** What starts and ends instances, by a tag of AWS's that no person can set, or by one that its tool sets. */
const HOLDERS: Record<string, string> = {
  "aws:autoscaling:groupName": "the Auto Scaling group",
  "aws:ec2:fleet-id": "the EC2 Fleet",
  "aws:ec2spot:fleet-request-id": "the Spot Fleet",
  "karpenter.sh/nodepool": "the Karpenter node pool",
};

/** What a move depends on, out of what EC2 tells of an instance. */
export function toMovedInstance(one: Instance): MovedInstance {
  const tags = tagsOf(one.Tags);
  const holder = Object.entries(HOLDERS).find(([key]) => tags[key]);
  const { MetadataOptions: metadata } = one;
  return {
    instanceId: one.InstanceId ?? "",
    ...(tags.Name && { name: text(tags.Name) }),
    state: one.State?.Name ?? "not known",
    zone: one.Placement?.AvailabilityZone ?? "",
    ...(one.VpcId && { vpcId: one.VpcId }),
    instanceType: one.InstanceType ?? "",
    ...(one.KeyName && { keyName: one.KeyName }),
    ...(one.IamInstanceProfile?.Arn && { profileArn: one.IamInstanceProfile.Arn }),
    securityGroups: (one.SecurityGroups ?? []).map(({ GroupId = "", GroupName = GroupId }) => ({
      id: GroupId,
      name: GroupName,
    })),
    tags,
    ...(one.PrivateIpAddress && { privateIp: one.PrivateIpAddress }),
    ...(one.PublicIpAddress && { publicIp: one.PublicIpAddress }),
    volumes: (one.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []),
    interfaces: one.NetworkInterfaces?.length ?? 0,
    rootDeviceType: one.RootDeviceType ?? "ebs",
    tenancy: one.Placement?.Tenancy ?? "default",
    ...(one.Placement?.GroupName && { placementGroup: text(one.Placement.GroupName) }),
    isSpot: one.InstanceLifecycle === "spot",
    productCodes: (one.ProductCodes ?? []).flatMap(({ ProductCodeId }) => ProductCodeId ?? []),
    isMonitored: one.Monitoring?.State === "enabled",
    isEbsOptimized: one.EbsOptimized ?? false,
    ...(metadata && {
      metadata: {
        ...(metadata.HttpTokens && { httpTokens: metadata.HttpTokens }),
        ...(metadata.HttpPutResponseHopLimit && { hopLimit: metadata.HttpPutResponseHopLimit }),
        ...(metadata.HttpEndpoint && { httpEndpoint: metadata.HttpEndpoint }),
        ...(metadata.InstanceMetadataTags && { instanceTags: metadata.InstanceMetadataTags }),
      },
    }),
    ...(holder && { holder: `${holder[1]} ${text(tags[holder[0]] ?? "")}` }),
  };
}

/** Whether an instance runs and passes its checks; what could not be read is a doubt. */
export async function readInstanceNow(
  aws: AwsAccess,
  instanceId: string,
  doubts: string[],
): Promise<InstanceNow> {
  const { value, reason } = await unlessFailed(describeInstance(aws, instanceId), undefined);
  if (reason) {
    doubts.push(`The instance ${instanceId} could not be read. ${reason}`);
    return { state: "not known" };
  }
  if (!value) return { state: "gone" };
  const state = value.State?.Name ?? "not known";
  const why = value.StateReason?.Message;
  return {
    state,
    ...(state === "running" && { checks: await readChecks(aws, instanceId, doubts) }),
    ...(state === "terminated" && why && { reason: text(why) }),
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html */
async function readChecks(
  aws: AwsAccess,
  instanceId: string,
  doubts: string[],
): Promise<InstanceNow["checks"]> {
  const command = new DescribeInstanceStatusCommand({ InstanceIds: [instanceId] });
  const { value, reason } = await unlessFailed(unlessGone(aws.ec2.read(command), undefined), undefined);
  if (reason) doubts.push(`The status checks of ${instanceId} could not be read. ${reason}`);
  const [status] = value?.InstanceStatuses ?? [];
  const both = [status?.InstanceStatus?.Status, status?.SystemStatus?.Status];
  if (both.includes("impaired")) return "impaired";
  if (both.every((one) => one === "ok")) return "ok";
  return both.includes("initializing") ? "initializing" : "not known";
}

const IMAGE_NOW: Record<string, ImageNow> = {
  available: "available",
  pending: "pending",
  transient: "pending",
  disabled: "disabled",
  deregistered: "gone",
};

/** What became of an AMI; what could not be read is a doubt. */
export async function readImageNow(aws: AwsAccess, amiId: string, doubts: string[]): Promise<ImageNow> {
  const { value, reason } = await unlessFailed(findImage(aws, { name: "image-id", value: amiId }), undefined);
  if (reason) {
    doubts.push(`The AMI ${amiId} could not be read. ${reason}`);
    return "not known";
  }
  return value ? (IMAGE_NOW[value.State ?? ""] ?? "failed") : "gone";
}

/** An AMI of the account by its ID, or by its name as AWS has it this moment. */
export async function findImage(aws: AwsAccess, filter: { name: "image-id" | "name"; value: string }) {
  const command = new DescribeImagesCommand({
    Owners: ["self"],
    Filters: [{ Name: filter.name, Values: [filter.value] }],
    IncludeDisabled: true,
    IncludeDeprecated: true,
  });
  return (await aws.ec2.read(command, filter.name === "name" ? THIS_MOMENT : {})).Images?.[0];
}
