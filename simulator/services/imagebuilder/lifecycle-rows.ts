import type {
  LifecycleExecutionResource,
  LifecycleExecutionStatus,
  ResourceStateUpdateIncludeResources,
} from "@aws-sdk/client-imagebuilder";

/** One run of a policy, or one change of state by hand. */
export interface LifecycleExecutionRow {
  id: string;
  policyArn?: string;
  /** The image, when it was by hand. */
  imageArn?: string;
  /** Epoch milliseconds. */
  startedAt: number;
  endsAt: number;
  cancelledAt?: number;
  failure?: string;
  resources: LifecycleExecutionResource[];
}

export interface LifecycleChange {
  action: "AVAILABLE" | "DEPRECATE" | "DISABLE" | "DELETE";
  include: ResourceStateUpdateIncludeResources;
  executionId: string;
  at: number;
  /** When a deprecation is to take hold; absent: at once. */
  deprecateAt?: number;
  reason?: string;
  /** AMIs that are left as they are, with the reason. */
  skippedAmis?: ReadonlyMap<string, string>;
  /** Why the image is left as it is; the execution then says SKIPPED. */
  skipBecause?: string;
}

export function executionStatus(row: LifecycleExecutionRow, now: number): LifecycleExecutionStatus {
  if (row.failure) return "FAILED";
  if (row.cancelledAt !== undefined) return "CANCELLED";
  return now < row.endsAt ? "IN_PROGRESS" : "SUCCESS";
}
