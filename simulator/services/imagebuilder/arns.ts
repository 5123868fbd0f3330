import { partitionOf } from "../../engine/partitions";

/**
 * Image Builder's ARNs: `arn:<partition>:imagebuilder:<region>:<account>:<kind>/<name>[/<version>[/<build>]]`;
 * a workflow has its type between kind and name.
 */

export type ResourceKind =
  | "component"
  | "container-recipe"
  | "distribution-configuration"
  | "image"
  | "image-pipeline"
  | "image-recipe"
  | "infrastructure-configuration"
  | "lifecycle-policy"
  | "workflow";

export interface ImageBuilderArn {
  region: string;
  /** Twelve digits, or `aws` for what Amazon manages. */
  account: string;
  kind: ResourceKind;
  workflowType?: string;
  name: string;
  version?: string;
  build?: number;
}

const PATTERN =
  /^arn:aws[^:]*:imagebuilder:([^:]+):([^:]+):([a-z-]+)\/(?:(build|test|distribution)\/)?([a-z0-9_-]+)(?:\/([0-9x.]+)(?:\/([0-9]+))?)?$/;

/** The parts of an ARN, or undefined when it is none of Image Builder's. */
export function parseArn(arn: string | undefined): ImageBuilderArn | undefined {
  const match = PATTERN.exec(arn ?? "");
  if (!match) return undefined;
  const [, region = "", account = "", kind = "", workflowType, name = "", version, build] = match;
  return {
    region,
    account,
    kind: kind as ResourceKind,
    ...(workflowType && { workflowType }),
    name,
    ...(version && { version }),
    ...(build && { build: Number(build) }),
  };
}

export function formatArn(arn: ImageBuilderArn): string {
  const tail = [arn.kind, arn.workflowType?.toLowerCase(), arn.name, arn.version, arn.build];
  const path = tail.filter((part) => part !== undefined).join("/");
  return `arn:${partitionOf(arn.region)}:imagebuilder:${arn.region}:${arn.account}:${path}`;
}

/**
 * Names that differ only in case, spaces or underscores are one resource:
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[ _]/g, "-");
}

/** The ARN without its last part: of a build version its version. */
export function parentArn(arn: string): string {
  return arn.slice(0, arn.lastIndexOf("/"));
}
