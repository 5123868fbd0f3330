import type { AttachedPolicy } from "@aws-sdk/client-iam";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export interface RoleRow {
  name: string;
  path: string;
  id: string;
  arn: string;
  createdAt: number;
  description?: string;
  /** JSON. */
  trustPolicy: string;
  attachedPolicies: AttachedPolicy[];
  /** The role's own policies by name, each JSON. */
  inlinePolicies?: Record<string, string>;
  tags: Tags;
}

export interface InstanceProfileRow {
  name: string;
  path: string;
  id: string;
  arn: string;
  createdAt: number;
  /** At most one, as in IAM. */
  roleNames: string[];
  tags: Tags;
}

/** IAM of an account; it has no Regions. */
export interface IamStore {
  account: string;
  partition: string;
  roles: Table<RoleRow>;
  instanceProfiles: Table<InstanceProfileRow>;
}

export function openIamStore(scope: Scope): IamStore {
  return {
    account: scope.account,
    partition: scope.partition,
    roles: scope.table("iam.roles", (row) => row.name),
    instanceProfiles: scope.table("iam.instance-profiles", (row) => row.name),
  };
}
