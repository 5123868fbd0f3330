import type { RunInstancesRequest, SecurityGroup, Subnet, Tag } from "@aws-sdk/client-ec2";
import { oncePerToken } from "../../engine/idempotency";
import { stableHex, stableId } from "../../engine/ids";
import type { ForResource } from "../../engine/settling";
import { AwsError } from "../../wire/contract";
import { imageNotFound, visibleImage } from "./images";
import { architectureOf, isOfferedIn, vcpusOf } from "./instance-types";
import { whole } from "./instances";
import type { Ec2 } from "./operations";
import { refuseDryRun, refuseOtherRequest, requireIds } from "./paging";
import { zonesOf } from "./regions";
import type { Ec2Store, ImageRow, InstanceRow } from "./store";
import { tagsFor } from "./tag-specifications";

/** About how long an instance takes to run, to pass its status checks, and to stop. */
const STARTS_MS = 20_000;
const CHECKED_MS = 140_000;
const STOPS_MS = 30_000;
/**
 * Differs from AWS: one number for all families; an account's own is read from Service Quotas.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const MOST_VCPUS = 20_000;

const PENDING = { Code: 0, Name: "pending" as const };
const RUNNING = { Code: 16, Name: "running" as const };
const STOPPING = { Code: 64, Name: "stopping" as const };
const STOPPED = { Code: 80, Name: "stopped" as const };

export const runInstances = {
  /**
   * The same request with the same token is answered with the instances that it started.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
   * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
   */
  RunInstances({ store, account, now }, input) {
    refuseDryRun(input);
    const { ClientToken: clientToken } = input;
    if (clientToken && !/^[\x21-\x7e]{1,64}$/.test(clientToken))
      throw new AwsError("InvalidParameterValue", "A client token has at most 64 ASCII characters.");
    const { ids } = oncePerToken(
      store.answers,
      { operation: "RunInstances", clientToken, input, now },
      { work: () => ({ ids: launch(store, input, now) }), mismatch: refuseOtherRequest },
    );
    return {
      ReservationId: ids[0]?.replace(/^i-/, "r-"),
      OwnerId: account,
      Groups: [],
      Instances: ids.flatMap((id) => {
        const row = store.instances.get(id);
        return row ? [whole(row, store)] : [];
      }),
    };
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html */
  StopInstances({ store, now }, input) {
    refuseDryRun(input);
    const rows = requireInstances(store, input.InstanceIds);
    refuseStates(rows, ["pending", "terminated", "shutting-down"], "stopped");
    return {
      StoppingInstances: rows.map((row) => {
        const stops = row.State?.Name === "running";
        if (stops) store.instances.put({ ...row, State: STOPPING, stoppedAt: now + STOPS_MS / store.speed });
        return {
          InstanceId: row.InstanceId,
          PreviousState: row.State,
          CurrentState: stops ? STOPPING : row.State,
        };
      }),
    };
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html */
  StartInstances({ store, now }, input) {
    refuseDryRun(input);
    const rows = requireInstances(store, input.InstanceIds);
    refuseStates(rows, ["stopping", "terminated", "shutting-down"], "started");
    return {
      StartingInstances: rows.map((row) => {
        const starts = row.State?.Name === "stopped";
        if (starts) store.instances.put({ ...row, State: PENDING, ...readyTimes(store, now) });
        return {
          InstanceId: row.InstanceId,
          PreviousState: row.State,
          CurrentState: starts ? PENDING : row.State,
        };
      }),
    };
  },
} satisfies Partial<Ec2>;

const readyTimes = (store: Ec2Store, now: number) => ({
  runningAt: now + STARTS_MS / store.speed,
  checkedAt: now + CHECKED_MS / store.speed,
});

/** Instances that were starting run, and those that were stopping are stopped. */
export function moveInstancesOn(store: Ec2Store, now: number, forResource: ForResource): void {
  for (const row of store.instances.list(
    ({ runningAt, stoppedAt }) => (runningAt ?? stoppedAt) !== undefined,
  )) {
    const { runningAt, stoppedAt, ...rest } = row;
    const name = row.State?.Name;
    if (Math.max(runningAt ?? 0, stoppedAt ?? 0) > now && (name === "pending" || name === "stopping"))
      continue;
    const State = name === "pending" ? RUNNING : name === "stopping" ? STOPPED : row.State;
    forResource(row.InstanceId, () => store.instances.put({ ...rest, State }));
  }
}

function requireInstances(store: Ec2Store, ids: string[] | undefined): InstanceRow[] {
  const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
  return requireIds(ids ?? [], (id) => store.instances.get(id), error) ?? [];
}

function refuseStates(rows: InstanceRow[], states: string[], verb: string): void {
  const wrong = rows.find(({ State }) => states.includes(State?.Name ?? ""));
  if (wrong)
    throw new AwsError(
      "IncorrectInstanceState",
      `The instance '${wrong.InstanceId}' is not in a state from which it can be ${verb}.`,
    );
}

/**
 * The IDs of the instances that a request starts. Differs from AWS: launch templates, private addresses and network
 * interfaces beyond the first are not looked at, and the volumes are not made.
 */
function launch(store: Ec2Store, input: RunInstancesRequest, now: number): string[] {
  const { MinCount = 0, MaxCount = 0, ImageId } = input;
  if (MinCount < 1 || MaxCount < MinCount)
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid value for MinCount and MaxCount: MinCount must be at least 1 and at most MaxCount.",
    );
  if (!ImageId) throw new AwsError("MissingParameter", "The request must contain the parameter ImageId");
  const image = visibleImage(store, ImageId, now);
  if (!image) throw imageNotFound(ImageId);
  if (image.State !== "available")
    throw new AwsError("InvalidAMIID.Unavailable", `The image ID '${ImageId}' is not available`);
  const type = input.InstanceType ?? "m1.small";
  refuseType(type, image);
  const subnet = subnetOf(store, input);
  const zone = subnet.AvailabilityZone ?? "";
  if (!isOfferedIn(store.region, type, zone))
    throw new AwsError(
      "Unsupported",
      `Your requested instance type (${type}) is not supported in your requested Availability Zone (${zone}). Please retry your request by not specifying an Availability Zone or choosing another one.`,
    );
  const groups = groupsOf(store, input, subnet);
  refuseKeyAndProfile(store, input);
  refuseReservedTags(input);
  refuseVcpus(store, type, MaxCount);
  store.launchedImages.put({ ...image, ImageId });
  return Array.from({ length: MaxCount }, (_, index) => {
    const InstanceId = stableId(
      "i",
      store.account,
      store.region,
      "run",
      now,
      store.instances.list().length,
      index,
    );
    store.instances.put({
      InstanceId,
      AmiLaunchIndex: index,
      ImageId,
      InstanceType: type as never,
      State: PENDING,
      ...readyTimes(store, now),
      LaunchTime: new Date(now),
      ClientToken: input.ClientToken ?? "",
      Placement: { AvailabilityZone: zone, GroupName: "", Tenancy: input.Placement?.Tenancy ?? "default" },
      SubnetId: subnet.SubnetId,
      VpcId: subnet.VpcId,
      PrivateIpAddress: addressIn(subnet, InstanceId),
      SecurityGroups: groups.map(({ GroupId, GroupName }) => ({ GroupId, GroupName })),
      ...(input.KeyName && { KeyName: input.KeyName }),
      ...(input.IamInstanceProfile && { IamInstanceProfile: profileOf(store, input.IamInstanceProfile) }),
      Monitoring: { State: input.Monitoring?.Enabled ? "enabled" : "disabled" },
      EbsOptimized: input.EbsOptimized ?? false,
      ...(input.MetadataOptions && {
        MetadataOptions: {
          State: "applied",
          HttpTokens: "optional",
          HttpPutResponseHopLimit: 1,
          HttpEndpoint: "enabled",
          HttpProtocolIpv6: "disabled",
          InstanceMetadataTags: "disabled",
          ...input.MetadataOptions,
        },
      }),
      ...(image.Architecture && { Architecture: image.Architecture }),
      ...(image.Platform && { Platform: image.Platform }),
      Tags: tagsFor("instance", input.TagSpecifications),
    });
    return InstanceId;
  });
}

function refuseType(type: string, image: ImageRow): void {
  const architecture = architectureOf(type);
  if (!architecture) throw new AwsError("InvalidParameterValue", `Invalid value '${type}' for InstanceType.`);
  if (image.Architecture && image.Architecture !== architecture)
    throw new AwsError(
      "InvalidParameterValue",
      `The architecture '${architecture}' of the specified instance type does not match the architecture '${image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
}

/** The subnet that is named, or the default one of the zone that is named. */
function subnetOf(store: Ec2Store, input: RunInstancesRequest): Subnet {
  const id = input.SubnetId ?? input.NetworkInterfaces?.[0]?.SubnetId;
  if (id) {
    const subnet = store.subnets.get(id);
    if (subnet) return subnet;
    throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`);
  }
  const zone = input.Placement?.AvailabilityZone ?? zonesOf(store.region)[0];
  const subnet = store.subnets.find((row) => row.AvailabilityZone === zone && row.DefaultForAz === true);
  if (subnet) return subnet;
  throw new AwsError("InvalidParameterValue", `Invalid availability zone: [${zone}]`);
}

function groupsOf(store: Ec2Store, input: RunInstancesRequest, subnet: Subnet): SecurityGroup[] {
  const ids = input.SecurityGroupIds ?? input.NetworkInterfaces?.[0]?.Groups ?? [];
  const groups = ids.map((id) => {
    const group = store.securityGroups.get(id);
    if (!group) throw new AwsError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
    if (group.VpcId !== subnet.VpcId)
      throw new AwsError(
        "InvalidParameter",
        `Security group ${id} and subnet ${subnet.SubnetId} belong to different networks.`,
      );
    return group;
  });
  if (groups.length > 0) return groups;
  return store.securityGroups.list(
    ({ VpcId, GroupName }) => VpcId === subnet.VpcId && GroupName === "default",
  );
}

function refuseKeyAndProfile(store: Ec2Store, { KeyName, IamInstanceProfile }: RunInstancesRequest): void {
  if (KeyName && !store.keyPairs.find((row) => row.KeyName === KeyName))
    throw new AwsError("InvalidKeyPair.NotFound", `The key pair '${KeyName}' does not exist`);
  if (IamInstanceProfile) profileOf(store, IamInstanceProfile);
}

function profileOf(store: Ec2Store, { Name, Arn }: { Name?: string; Arn?: string }) {
  const profile = store.iam.instanceProfiles.find((row) => row.name === Name || row.arn === Arn);
  if (profile) return { Arn: profile.arn, Id: profile.id };
  const [member, value] = Arn ? ["arn", Arn] : ["name", Name];
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${member === "arn" ? "ARN" : "name"}`,
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
function refuseReservedTags({ TagSpecifications = [] }: RunInstancesRequest): void {
  const tags: Tag[] = TagSpecifications.flatMap(({ Tags }) => Tags ?? []);
  if (tags.some(({ Key = "" }) => Key.toLowerCase().startsWith("aws:")))
    throw new AwsError(
      "InvalidParameterValue",
      "Tag keys starting with 'aws:' are reserved for internal use",
    );
}

function refuseVcpus(store: Ec2Store, type: string, count: number): void {
  const used = store.instances
    .list(({ State }) => State?.Name === "pending" || State?.Name === "running")
    .reduce((sum, row) => sum + vcpusOf(row.InstanceType ?? ""), 0);
  if (used + vcpusOf(type) * count > MOST_VCPUS)
    throw new AwsError(
      "VcpuLimitExceeded",
      `You have requested more vCPU capacity than your current vCPU limit of ${MOST_VCPUS} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
    );
}

/** Some address of the subnet's block. */
function addressIn({ CidrBlock = "172.31.0.0/20" }: Subnet, id: string): string {
  const [first = "172", second = "31", third = "0"] = CidrBlock.split(".");
  return `${first}.${second}.${Number(third) + (parseInt(stableHex(1, id), 16) % 16)}.${4 + (parseInt(stableHex(2, "host", id), 16) % 250)}`;
}
