import type { ResourceKind } from "@/lib/core/resource-names";

/** JSON as AWS sends and takes it. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** One row of a list; of a versioned kind, one version. */
export type ResourceSummary = {
  kind: ResourceKind;
  /** Of a component or workflow without the build number. */
  arn: string;
  name: string;
  version?: string;
  description?: string;
  platform?: string;
  /** Versions of its platform that a component names, as the beginnings of their names: "Amazon Linux 2023". */
  supportedOs?: string[];
  /** Of an infrastructure configuration; empty where AWS chooses. */
  instanceTypes?: string[];
  /** Of a distribution configuration. */
  regions?: string[];
  /** BUILD or TEST of a component; BUILD, TEST or DISTRIBUTION of a workflow; AMI or container of others. */
  type?: string;
  owner?: string;
  /** Such as DEPRECATED or DISABLED; absent where AWS gives none. */
  status?: string;
  /** ISO 8601. */
  createdAt?: string;
  updatedAt?: string;
  tags: Record<string, string>;
};

/** One end of "uses" and "used by". The version is as written: `x` stands for the newest. */
export type ResourceReference = {
  kind: ResourceKind | "image";
  arn: string;
  name: string;
  version?: string;
};

export type Resource = ResourceSummary & {
  /** The build of a component or workflow version that AWS answered with. */
  buildArn?: string;
  /** Every member as AWS gave it, also those the SDK does not know. */
  content: JsonObject;
  /** Other versions of the same name, newest first; empty for kinds without versions. */
  versions: Pick<ResourceSummary, "arn" | "version" | "createdAt" | "description">[];
  uses: ResourceReference[];
  usedBy: ResourceReference[];
  /** Pipelines that use it through a recipe of `usedBy`. */
  usedThrough: ResourceReference[];
  /** Dependents that could not be read, said in words: the list of them is then not the whole. */
  usedByHidden?: string;
};

/** A resource beside the one of its name in another account, and what a copy of it would be there. */
export type AccountComparison = {
  /** What the other account is called. */
  label: string;
  /** Absent where the other account has none of the name. */
  there?: { name: string; version?: string };
  /** The other account's, and this one as it would be there: ARNs of the account itself are no differences. */
  before?: JsonObject;
  after: JsonObject;
  /** The input of CreateX there. */
  copy: JsonObject;
  /** What the copy names and the other account does not have, or may not have. */
  lacks: string[];
  /** What else does not carry over, or was not checked. */
  notes: string[];
  /** Why there is nothing to copy, or nobody to do it. */
  blocked: string[];
};

/** What to delete, in order: dependents first, the resource itself last. `hidden`: why some may be missing. */
export type DeletionPlan = { order: ResourceReference[]; hidden?: string };
