import type * as sdk from "@aws-sdk/client-auto-scaling";
import {
  ActiveInstanceRefreshNotFoundFault,
  AlreadyExistsFault,
  InstanceRefreshInProgressFault,
  InvalidNextToken,
} from "@aws-sdk/client-auto-scaling";
import { stableHex, stableUuid } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import { AwsError, type Handlers } from "../../wire/contract";
import { zonesOf } from "../ec2/regions";
import type { AutoScalingStore, GroupRow, RefreshRow } from "./store";

type AutoScaling = Handlers<typeof sdk, AutoScalingStore>;

/** Of each instance that a refresh replaces. */
const REPLACEMENT_MS = 5 * 60_000;
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
    const uuid = stableUuid(account, region, AutoScalingGroupName);
    const zones = input.AvailabilityZones ?? zonesOf(region).slice(0, 2);
    const LaunchTemplate = knownTemplate(store, input.LaunchTemplate);
    store.groups.put({
      AutoScalingGroupName,
      AutoScalingGroupARN: `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${uuid}:autoScalingGroupName/${AutoScalingGroupName}`,
      LaunchTemplate,
      MinSize,
      MaxSize,
      DesiredCapacity,
      DefaultCooldown: 300,
      AvailabilityZones: zones,
      HealthCheckType: "EC2",
      HealthCheckGracePeriod: 0,
      CreatedTime: new Date(now),
      VPCZoneIdentifier: input.VPCZoneIdentifier,
      Instances: Array.from({ length: DesiredCapacity }, (_, index) => ({
        InstanceId: `i-0${stableHex(16, uuid, index)}`,
        InstanceType: "m7i.large",
        AvailabilityZone: zones[index % zones.length] ?? `${region}a`,
        LifecycleState: "InService" as const,
        HealthStatus: "Healthy",
        LaunchTemplate,
        ProtectedFromScaleIn: false,
      })),
      Tags: (input.Tags ?? []).map((tag) => ({
        ...tag,
        ResourceId: AutoScalingGroupName,
        ResourceType: "auto-scaling-group",
      })),
    });
    return {};
  },

  DescribeAutoScalingGroups({ store }, input) {
    const { AutoScalingGroupNames: names } = input;
    const rows = store.groups.list(
      ({ AutoScalingGroupName }) => !names?.length || names.includes(AutoScalingGroupName),
    );
    const page = scalingPage(rows, input, 50);
    return { AutoScalingGroups: page.items, NextToken: page.nextToken };
  },

  // Differs from AWS: there are none, as in accounts made since 2023, which cannot create any.
  DescribeLaunchConfigurations() {
    return { LaunchConfigurations: [] };
  },

  DeleteAutoScalingGroup({ store }, { AutoScalingGroupName }) {
    store.groups.delete(requireGroup(store, AutoScalingGroupName).AutoScalingGroupName);
    return {};
  },

  StartInstanceRefresh({ store, now, requestId }, input) {
    const { AutoScalingGroupName } = requireGroup(store, input.AutoScalingGroupName);
    if (refreshesOf(store, AutoScalingGroupName, now).some(isActive)) {
      const message =
        "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.";
      throw new InstanceRefreshInProgressFault({ message, $metadata: {} });
    }
    const { Preferences, DesiredConfiguration } = input;
    store.refreshes.put({
      InstanceRefreshId: stableUuid(requestId),
      AutoScalingGroupName,
      StartTime: new Date(now),
      Status: "InProgress",
      Preferences,
      DesiredConfiguration,
    });
    return { InstanceRefreshId: stableUuid(requestId) };
  },

  CancelInstanceRefresh({ store, now }, { AutoScalingGroupName }) {
    const group = requireGroup(store, AutoScalingGroupName);
    const active = refreshesOf(store, group.AutoScalingGroupName, now).find(isActive);
    if (!active) {
      const message = `No in progress or pending Instance Refresh found for Auto Scaling group ${AutoScalingGroupName}`;
      throw new ActiveInstanceRefreshNotFoundFault({ message, $metadata: {} });
    }
    store.refreshes.put({ ...active, Status: "Cancelled", EndTime: new Date(now) });
    return { InstanceRefreshId: active.InstanceRefreshId };
  },

  DescribeInstanceRefreshes({ store, now }, input) {
    const group = requireGroup(store, input.AutoScalingGroupName);
    const { InstanceRefreshIds: ids } = input;
    const rows = refreshesOf(store, group.AutoScalingGroupName, now).filter(
      ({ InstanceRefreshId }) => !ids || ids.includes(InstanceRefreshId),
    );
    const page = scalingPage(rows, input, 50);
    return { InstanceRefreshes: page.items, NextToken: page.nextToken };
  },
} satisfies Partial<AutoScaling>;

function requireSize(size: { MinSize: number; MaxSize: number; DesiredCapacity: number }): void {
  const { MinSize, MaxSize, DesiredCapacity } = size;
  const refuse = (message: string) => {
    throw new AwsError("ValidationError", message);
  };
  if (!Object.values(size).every((count) => Number.isInteger(count) && count >= 0)) {
    refuse("Min, max and desired bounds must be whole numbers of 0 or more");
  }
  if (MaxSize > LARGEST_GROUP)
    refuse(`Max bound, ${MaxSize}, must be less than or equal to ${LARGEST_GROUP}`);
  if (MaxSize < MinSize)
    refuse(`Max bound, ${MaxSize}, must be greater than or equal to min bound, ${MinSize}`);
  if (DesiredCapacity < MinSize || DesiredCapacity > MaxSize) {
    refuse(
      `Desired capacity:${DesiredCapacity} must be between the specified min size:${MinSize} and max size:${MaxSize}`,
    );
  }
}

function requireGroup(store: AutoScalingStore, name = ""): GroupRow {
  const row = store.groups.get(name);
  if (!row)
    throw new AwsError(
      "ValidationError",
      `AutoScalingGroup name not found - AutoScalingGroup ${name} not found`,
    );
  return row;
}

/** Newest first, as they are at `now`: a refresh is a function of its start and of the group's size. */
function refreshesOf(store: AutoScalingStore, name: string, now: number): RefreshRow[] {
  const size = store.groups.get(name)?.Instances?.length ?? 0;
  const durationMs = (Math.max(1, size) * REPLACEMENT_MS) / store.speed;
  return store.refreshes
    .list(({ AutoScalingGroupName }) => AutoScalingGroupName === name)
    .map((row) => {
      if (row.Status !== "InProgress") return row;
      const done = Math.min(1, (now - row.StartTime.getTime()) / durationMs);
      const InstancesToUpdate = size - Math.floor(size * done);
      const progress = { PercentageComplete: Math.floor(done * 100), InstancesToUpdate };
      if (done < 1) return { ...row, ...progress };
      return {
        ...row,
        ...progress,
        Status: "Successful" as const,
        EndTime: new Date(row.StartTime.getTime() + durationMs),
      };
    })
    .sort((a, b) => b.StartTime.getTime() - a.StartTime.getTime());
}

function isActive({ Status }: RefreshRow): boolean {
  return Status === "InProgress" || Status === "Pending";
}

/** A template is kept with both its id and its name, as Auto Scaling gives it back. */
function knownTemplate(
  store: AutoScalingStore,
  given: GroupRow["LaunchTemplate"],
): GroupRow["LaunchTemplate"] {
  if (!given) return undefined;
  const row = store.ec2.launchTemplates.find(
    (one) =>
      one.LaunchTemplateId === given.LaunchTemplateId || one.LaunchTemplateName === given.LaunchTemplateName,
  );
  if (!row) throw new AwsError("ValidationError", "You must use a valid fully-formed launch template.");
  const { LaunchTemplateId, LaunchTemplateName } = row;
  return { LaunchTemplateId, LaunchTemplateName, Version: given.Version ?? "$Default" };
}

function scalingPage<Row>(
  rows: Row[],
  input: { NextToken?: string | undefined; MaxRecords?: number | undefined },
  defaultSize: number,
) {
  const refuse = () => {
    throw new InvalidNextToken({ message: "The NextToken value is not valid.", $metadata: {} });
  };
  return pageOf(rows, { nextToken: input.NextToken, maxResults: input.MaxRecords }, { defaultSize, refuse });
}
