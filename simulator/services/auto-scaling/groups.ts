import type * as sdk from "@aws-sdk/client-auto-scaling";
import { AlreadyExistsFault, type Filter, ResourceInUseFault } from "@aws-sdk/client-auto-scaling";
import { stableUuid } from "../../engine/ids";
import type { Handlers } from "../../wire/contract";
import { zonesOf } from "../ec2/regions";
import { terminateInstances, toDesiredCapacity, withState } from "./group-instances";
import { invalid, knownSettings } from "./launch-settings";
import { isActive } from "./refresh-run";
import { scalingPage } from "./scaling-page";
import type { AutoScalingStore, GroupRow } from "./store";

type AutoScaling = Handlers<typeof sdk, AutoScalingStore>;

/** Differs from AWS: no group is larger, since each of its instances is a row. */
const LARGEST_GROUP = 10_000;

export const groups = {
  CreateAutoScalingGroup({ store, account, region, partition, now }, input) {
    const { AutoScalingGroupName = "", MinSize = 0, MaxSize = 0, DesiredCapacity = MinSize } = input;
    if (store.groups.has(AutoScalingGroupName)) {
      throw new AlreadyExistsFault({
        message: `AutoScalingGroup by this name already exists - A group with the name ${AutoScalingGroupName} already exists`,
        $metadata: {},
      });
    }
    requireSize({ MinSize, MaxSize, DesiredCapacity });
    const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName } = input;
    const settings = knownSettings(store, { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName });
    const uuid = stableUuid(account, region, AutoScalingGroupName);
    const row: GroupRow = {
      AutoScalingGroupName,
      AutoScalingGroupARN: `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${uuid}:autoScalingGroupName/${AutoScalingGroupName}`,
      ...settings,
      MinSize,
      MaxSize,
      DesiredCapacity,
      DefaultCooldown: input.DefaultCooldown ?? 300,
      AvailabilityZones: input.AvailabilityZones ?? zonesOf(region).slice(0, 2),
      HealthCheckType: input.HealthCheckType ?? "EC2",
      HealthCheckGracePeriod: input.HealthCheckGracePeriod ?? 0,
      ...(input.DefaultInstanceWarmup !== undefined && {
        DefaultInstanceWarmup: input.DefaultInstanceWarmup,
      }),
      ...(input.InstanceMaintenancePolicy && { InstanceMaintenancePolicy: input.InstanceMaintenancePolicy }),
      ...(input.MaxInstanceLifetime && { MaxInstanceLifetime: input.MaxInstanceLifetime }),
      NewInstancesProtectedFromScaleIn: input.NewInstancesProtectedFromScaleIn ?? false,
      CreatedTime: new Date(now),
      VPCZoneIdentifier: input.VPCZoneIdentifier,
      Instances: [],
      Tags: (input.Tags ?? []).map((tag) => ({
        ...tag,
        PropagateAtLaunch: tag.PropagateAtLaunch ?? false,
        ResourceId: AutoScalingGroupName,
        ResourceType: "auto-scaling-group",
      })),
    };
    store.groups.put(toDesiredCapacity(store, row, now));
    return {};
  },

  UpdateAutoScalingGroup({ store, now }, input) {
    const group = requireGroup(store, input.AutoScalingGroupName);
    const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName } = input;
    const given = knownSettings(store, { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName });
    const { LaunchTemplate: _, MixedInstancesPolicy: __, LaunchConfigurationName: ___, ...rest } = group;
    const size = {
      MinSize: input.MinSize ?? group.MinSize ?? 0,
      MaxSize: input.MaxSize ?? group.MaxSize ?? 0,
      DesiredCapacity: input.DesiredCapacity ?? group.DesiredCapacity ?? 0,
    };
    requireSize(size);
    const settings = {
      DefaultCooldown: input.DefaultCooldown,
      HealthCheckType: input.HealthCheckType,
      HealthCheckGracePeriod: input.HealthCheckGracePeriod,
      VPCZoneIdentifier: input.VPCZoneIdentifier,
      DefaultInstanceWarmup: input.DefaultInstanceWarmup,
      MaxInstanceLifetime: input.MaxInstanceLifetime,
      InstanceMaintenancePolicy: input.InstanceMaintenancePolicy,
      NewInstancesProtectedFromScaleIn: input.NewInstancesProtectedFromScaleIn,
    };
    const changed = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const launch = Object.keys(given).length > 0 ? { ...rest, ...given } : group;
    store.groups.put(toDesiredCapacity(store, { ...launch, ...changed, ...size }, now));
    return {};
  },

  SetDesiredCapacity({ store, now }, { AutoScalingGroupName, DesiredCapacity = 0 }) {
    const group = requireGroup(store, AutoScalingGroupName);
    const { MinSize = 0, MaxSize = 0 } = group;
    if (DesiredCapacity > MaxSize)
      throw invalid(
        `New SetDesiredCapacity value ${DesiredCapacity} is above max value ${MaxSize} for the AutoScalingGroup.`,
      );
    if (DesiredCapacity < MinSize)
      throw invalid(
        `New SetDesiredCapacity value ${DesiredCapacity} is below min value ${MinSize} for the AutoScalingGroup.`,
      );
    store.groups.put(toDesiredCapacity(store, { ...group, DesiredCapacity }, now));
    return {};
  },

  SetInstanceProtection({ store }, { AutoScalingGroupName, InstanceIds = [], ProtectedFromScaleIn = false }) {
    const group = requireInstances(store, AutoScalingGroupName, InstanceIds);
    store.groups.put({
      ...group,
      Instances: (group.Instances ?? []).map((one) =>
        InstanceIds.includes(one.InstanceId ?? "") ? { ...one, ProtectedFromScaleIn } : one,
      ),
    });
    return {};
  },

  EnterStandby({ store, now }, input) {
    const { InstanceIds = [], ShouldDecrementDesiredCapacity } = input;
    const group = withState(
      requireInstances(store, input.AutoScalingGroupName, InstanceIds),
      InstanceIds,
      "Standby",
    );
    const fewer = ShouldDecrementDesiredCapacity ? InstanceIds.length : 0;
    const DesiredCapacity = (group.DesiredCapacity ?? 0) - fewer;
    store.groups.put(toDesiredCapacity(store, { ...group, DesiredCapacity }, now));
    return { Activities: [] };
  },

  ExitStandby({ store }, { AutoScalingGroupName, InstanceIds = [] }) {
    const group = requireInstances(store, AutoScalingGroupName, InstanceIds);
    const DesiredCapacity = (group.DesiredCapacity ?? 0) + InstanceIds.length;
    store.groups.put({ ...withState(group, InstanceIds, "InService"), DesiredCapacity });
    return { Activities: [] };
  },

  DescribeAutoScalingGroups({ store, account, partition }, input) {
    const { AutoScalingGroupNames: names } = input;
    const named = store.groups.list(
      ({ AutoScalingGroupName }) => !names?.length || names.includes(AutoScalingGroupName),
    );
    const rows = (input.Filters ?? []).reduce(withTags, named);
    const page = scalingPage(rows, input, 50);
    const role = `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    return {
      AutoScalingGroups: page.items.map((row) => ({ ...UNSET, ServiceLinkedRoleARN: role, ...row })),
      NextToken: page.nextToken,
    };
  },

  DeleteAutoScalingGroup({ store }, { AutoScalingGroupName, ForceDelete }) {
    const group = requireGroup(store, AutoScalingGroupName);
    const ids = (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
    if (ids.length > 0 && !ForceDelete) {
      const message = "You cannot delete an AutoScalingGroup while there are instances still in the group.";
      throw new ResourceInUseFault({ message, $metadata: {} });
    }
    terminateInstances(store, group, ids);
    for (const row of store.refreshes.list((one) => one.AutoScalingGroupName === AutoScalingGroupName))
      store.refreshes.delete(row.InstanceRefreshId);
    store.groups.delete(group.AutoScalingGroupName);
    return {};
  },
} satisfies Partial<AutoScaling>;

/** What AWS shows of a group whose creator did not set it. */
const UNSET = {
  LoadBalancerNames: [],
  TargetGroupARNs: [],
  TrafficSources: [],
  SuspendedProcesses: [],
  EnabledMetrics: [],
  TerminationPolicies: ["Default"],
  VPCZoneIdentifier: "",
};

/** What a store looked like when its groups were last at their capacity: each request looks, few find something. */
const lastKept = new WeakMap<AutoScalingStore, string>();

/** Keeps every group at its desired capacity, but for those that a refresh works on. */
export function keepCapacity(store: AutoScalingStore, now: number): void {
  const { ec2, groups, refreshes } = store;
  const look = () =>
    [groups, refreshes, ec2.instances, ec2.images, ec2.launchTemplates]
      .map(({ revision }) => revision)
      .join();
  if (lastKept.get(store) === look()) return;
  const busy = new Set(store.refreshes.list(isActive).map((row) => row.AutoScalingGroupName));
  for (const group of store.groups.list((row) => !busy.has(row.AutoScalingGroupName))) {
    const kept = toDesiredCapacity(store, group, now);
    if (kept !== group) store.groups.put(kept);
  }
  lastKept.set(store, look());
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Filter.html */
function withTags(rows: GroupRow[], { Name: name = "", Values: values = [] }: Filter): GroupRow[] {
  const [, key] = /^tag:(.+)$/.exec(name) ?? [];
  if (key === undefined && name !== "tag-key" && name !== "tag-value")
    throw invalid(
      `Filter type ${name} is not correct. Allowed Filter types are: tag-key, tag-value, tag:<key>`,
    );
  return rows.filter(({ Tags = [] }) =>
    Tags.some(({ Key = "", Value = "" }) => {
      if (key !== undefined) return Key === key && values.includes(Value);
      return values.includes(name === "tag-key" ? Key : Value);
    }),
  );
}

function requireSize(size: { MinSize: number; MaxSize: number; DesiredCapacity: number }): void {
  const { MinSize, MaxSize, DesiredCapacity } = size;
  if (!Object.values(size).every((count) => Number.isInteger(count) && count >= 0))
    throw invalid("Min, max and desired bounds must be whole numbers of 0 or more");
  if (MaxSize > LARGEST_GROUP)
    throw invalid(`Max bound, ${MaxSize}, must be less than or equal to ${LARGEST_GROUP}`);
  if (MaxSize < MinSize)
    throw invalid(`Max bound, ${MaxSize}, must be greater than or equal to min bound, ${MinSize}`);
  if (DesiredCapacity < MinSize || DesiredCapacity > MaxSize)
    throw invalid(
      `Desired capacity:${DesiredCapacity} must be between the specified min size:${MinSize} and max size:${MaxSize}`,
    );
}

/** @throws ValidationError when there is no such group */
export function requireGroup(store: AutoScalingStore, name = ""): GroupRow {
  const row = store.groups.get(name);
  if (!row) throw invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
  return row;
}

function requireInstances(store: AutoScalingStore, name: string | undefined, ids: string[]): GroupRow {
  const group = requireGroup(store, name);
  const known = new Set((group.Instances ?? []).map(({ InstanceId }) => InstanceId));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0)
    throw invalid(
      `The instance ${missing[0]} is not part of Auto Scaling group ${group.AutoScalingGroupName}.`,
    );
  return group;
}
