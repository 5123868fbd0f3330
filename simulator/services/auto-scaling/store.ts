import type { AutoScalingGroup, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Ec2Store } from "../ec2/store";

export type GroupRow = AutoScalingGroup & { AutoScalingGroupName: string };
export type RefreshRow = InstanceRefresh & {
  InstanceRefreshId: string;
  AutoScalingGroupName: string;
  StartTime: Date;
};

export interface AutoScalingStore {
  account: string;
  region: string;
  partition: string;
  /** How much faster than life a refresh goes. */
  speed: number;
  groups: Table<GroupRow>;
  refreshes: Table<RefreshRow>;
  ec2: Ec2Store;
}

export function openAutoScalingStore(scope: Scope<{ ec2: Ec2Store }>): AutoScalingStore {
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    speed: scope.speed,
    groups: scope.table<GroupRow>("auto-scaling.groups", (row) => row.AutoScalingGroupName),
    refreshes: scope.table<RefreshRow>("auto-scaling.refreshes", (row) => row.InstanceRefreshId),
    ec2: scope.here.ec2,
  };
}
