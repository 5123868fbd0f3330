import type { AutoScalingGroup, InstanceRefresh, LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import { namesInAlarm } from "../cloudwatch/alarms";
import type { CloudWatchStore } from "../cloudwatch/store";
import type { Ec2Store } from "../ec2/store";
import type { SsmStore } from "../ssm/store";

export type GroupRow = AutoScalingGroup & { AutoScalingGroupName: string };
type LaunchConfigurationRow = LaunchConfiguration & { LaunchConfigurationName: string };

/** What a group starts instances with. */
export type LaunchSettings = Pick<
  AutoScalingGroup,
  "LaunchTemplate" | "MixedInstancesPolicy" | "LaunchConfigurationName"
>;

/** Where a refresh stands. Times are epoch milliseconds. */
export interface RefreshWork {
  /** How much faster than life it goes. */
  speed: number;
  /** What the group started instances with before it: a rollback returns to this. */
  before: LaunchSettings;
  /** Instances still to be replaced, in their order. */
  queue: string[];
  /** Instances that it replaces altogether, and how many of them are done. */
  total: number;
  replaced: number;
  /** Instances that it has started. */
  started: string[];
  batch?: { leaving: string[]; arriving: string[] } | undefined;
  /** Checkpoints behind it. */
  checkpoints: number;
  /** When its next step is due. */
  nextAt: number;
  /** Since when it has waited for an instance or a launch. */
  waitingSince?: number | undefined;
}

export type RefreshRow = InstanceRefresh & {
  InstanceRefreshId: string;
  AutoScalingGroupName: string;
  StartTime: Date;
  work: RefreshWork;
};

export interface AutoScalingStore {
  account: string;
  region: string;
  partition: string;
  /** How much faster than life a refresh goes. */
  speed: number;
  /** Names of the CloudWatch alarms that are in ALARM. */
  firingAlarms(): string[];
  groups: Table<GroupRow>;
  launchConfigurations: Table<LaunchConfigurationRow>;
  refreshes: Table<RefreshRow>;
  ec2: Ec2Store;
  ssm: SsmStore;
}

export function openAutoScalingStore(
  scope: Scope<{ cloudWatch: CloudWatchStore; ec2: Ec2Store; ssm: SsmStore }>,
): AutoScalingStore {
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    speed: scope.speed,
    firingAlarms: () => namesInAlarm(scope.here.cloudWatch),
    groups: scope.table<GroupRow>("auto-scaling.groups", (row) => row.AutoScalingGroupName),
    launchConfigurations: scope.table<LaunchConfigurationRow>(
      "auto-scaling.launch-configurations",
      (row) => row.LaunchConfigurationName,
    ),
    refreshes: scope.table<RefreshRow>("auto-scaling.refreshes", (row) => row.InstanceRefreshId),
    ec2: scope.here.ec2,
    ssm: scope.here.ssm,
  };
}
