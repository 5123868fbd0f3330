import type { Instance } from "@aws-sdk/client-auto-scaling";
import { stableHex, stableId } from "../../engine/ids";
import { visibleImage } from "../ec2/images";
import { zonesOf } from "../ec2/regions";
import { launchOf, launchRefusal } from "./launch-settings";
import type { AutoScalingStore, GroupRow, LaunchSettings } from "./store";

const RUNNING = { Code: 16, Name: "running" as const };
const PENDING = { Code: 0, Name: "pending" as const };
const TERMINATED = { Code: 48, Name: "terminated" as const };

/** Instances that count as the group's capacity. */
const counts = ({ LifecycleState }: Instance) => !/^(Terminating|Standby)/.test(LifecycleState ?? "");

/**
 * Starts `count` instances of a group as EC2 instances, as far as their AMI can be launched.
 * @returns the group, the ids of what was started, and EC2's reason where something was not
 */
export function launchInstances(
  store: AutoScalingStore,
  group: GroupRow,
  wanted: { count: number; settings: LaunchSettings; at: number; isReady: boolean },
): { group: GroupRow; started: string[]; refusal?: string | undefined } {
  const { count, settings, at, isReady } = wanted;
  const before = group.Instances ?? [];
  const launched: Instance[] = [];
  let refusal: string | undefined;
  for (let index = 0; index < count; index++) {
    const launch = launchOf(store, settings, before.length + index, at);
    refusal = launch && launchRefusal(store, launch.imageId, at);
    if (!launch || refusal !== undefined) break;
    const zones = group.AvailabilityZones?.length ? group.AvailabilityZones : zonesOf(store.region);
    const zone = zones[(before.length + index) % zones.length] ?? `${store.region}a`;
    const InstanceId = stableId("i", group.AutoScalingGroupARN ?? "", at, index, settingsMark(settings));
    launched.push({
      InstanceId,
      InstanceType: launch.instanceType,
      AvailabilityZone: zone,
      LifecycleState: isReady ? "InService" : "Pending",
      HealthStatus: "Healthy",
      ...(launch.template && { LaunchTemplate: launch.template }),
      ...(settings.LaunchConfigurationName && {
        LaunchConfigurationName: settings.LaunchConfigurationName,
      }),
      ...(launch.isOverride && { ImageId: launch.imageId }),
      ProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn ?? false,
    });
    putEc2Instance(store, group, { InstanceId, zone, at, isReady, ...launch });
  }
  const changed = launched.length > 0 ? { ...group, Instances: [...before, ...launched] } : group;
  return { group: changed, started: launched.flatMap(({ InstanceId }) => InstanceId ?? []), refusal };
}

function settingsMark(settings: LaunchSettings): string {
  return JSON.stringify(settings);
}

function putEc2Instance(
  store: AutoScalingStore,
  group: GroupRow,
  one: {
    InstanceId: string;
    zone: string;
    at: number;
    isReady: boolean;
    imageId: string;
    instanceType: string;
    template?: { LaunchTemplateId?: string | undefined; Version?: string | undefined } | undefined;
  },
): void {
  const { ec2 } = store;
  const { InstanceId, zone, at, isReady, imageId, template } = one;
  const subnets = group.VPCZoneIdentifier?.split(",") ?? [];
  const subnet =
    ec2.subnets.find((row) => subnets.includes(row.SubnetId) && row.AvailabilityZone === zone) ??
    ec2.subnets.find((row) => row.AvailabilityZone === zone);
  const image = visibleImage(ec2, imageId, at);
  if (image) ec2.launchedImages.put({ ...image, ImageId: imageId });
  ec2.instances.put({
    InstanceId,
    ImageId: imageId,
    InstanceType: one.instanceType as never,
    State: isReady ? RUNNING : PENDING,
    LaunchTime: new Date(at),
    Placement: { AvailabilityZone: zone, Tenancy: "default" },
    ...(subnet && { SubnetId: subnet.SubnetId, VpcId: subnet.VpcId }),
    PrivateIpAddress: `172.31.${parseInt(stableHex(2, InstanceId), 16)}.${parseInt(stableHex(2, zone, InstanceId), 16)}`,
    Architecture: image?.Architecture ?? "x86_64",
    ...(image?.Platform && { Platform: image.Platform }),
    RootDeviceType: "ebs",
    RootDeviceName: image?.RootDeviceName,
    Tags: [
      { Key: "aws:autoscaling:groupName", Value: group.AutoScalingGroupName },
      ...(template
        ? [
            { Key: "aws:ec2launchtemplate:id", Value: template.LaunchTemplateId },
            { Key: "aws:ec2launchtemplate:version", Value: template.Version },
          ]
        : []),
      ...(group.Tags ?? []).filter((tag) => tag.PropagateAtLaunch).map(({ Key, Value }) => ({ Key, Value })),
    ],
  });
}

/** The group with what was starting in service. */
export function putInService(store: AutoScalingStore, group: GroupRow, ids: string[]): GroupRow {
  for (const id of ids) store.ec2.instances.update(id, { State: RUNNING });
  return withState(group, ids, "InService");
}

/** The group with these instances in another state of their life. */
export function withState(
  group: GroupRow,
  ids: string[],
  LifecycleState: NonNullable<Instance["LifecycleState"]>,
): GroupRow {
  return {
    ...group,
    Instances: (group.Instances ?? []).map((one) =>
      ids.includes(one.InstanceId ?? "") ? { ...one, LifecycleState } : one,
    ),
  };
}

/** The group without these instances, which end in EC2. */
export function terminateInstances(store: AutoScalingStore, group: GroupRow, ids: string[]): GroupRow {
  for (const id of ids) store.ec2.instances.update(id, { State: TERMINATED });
  return {
    ...group,
    Instances: (group.Instances ?? []).filter(({ InstanceId = "" }) => !ids.includes(InstanceId)),
  };
}

/**
 * Brings the group to its desired capacity: what was ended in EC2 is replaced, what is too much goes, the oldest
 * first and never what is protected. Returns the same row when there is nothing to do.
 * Differs from AWS: at once, and a launch that EC2 refuses is tried again with the next request.
 */
export function toDesiredCapacity(store: AutoScalingStore, group: GroupRow, now: number): GroupRow {
  const gone = (group.Instances ?? []).flatMap(({ InstanceId = "" }) =>
    (store.ec2.instances.get(InstanceId)?.State?.Name ?? "terminated") === "terminated" ? InstanceId : [],
  );
  const left = gone.length > 0 ? terminateInstances(store, group, gone) : group;
  const running = (left.Instances ?? []).filter(counts);
  const missing = (left.DesiredCapacity ?? 0) - running.length;
  if (missing > 0)
    return launchInstances(store, left, { count: missing, settings: left, at: now, isReady: true }).group;
  if (missing === 0) return left;
  const surplus = running
    .filter((one) => !one.ProtectedFromScaleIn)
    .slice(0, -missing)
    .flatMap(({ InstanceId }) => InstanceId ?? []);
  return terminateInstances(store, left, surplus);
}
