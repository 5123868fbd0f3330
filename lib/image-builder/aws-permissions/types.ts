import type { Role } from "@/lib/core/actor";
import type { AccountVerdict } from "@/lib/core/target";

/** One IAM action that the console needs in the account. */
export type AwsPermission = {
  /** Such as `imagebuilder:GetImage`. */
  action: string;
  /** The least role of the console that needs it. */
  role: Role;
  /** Completes "Needed to ...". */
  for: string;
  /** `unknown` where AWS could not be asked and has not refused it so far. */
  state: "allowed" | "lacking" | "unknown";
};

export type AwsPermissionCheck = {
  /**
   * `simulated`: IAM evaluated the role's policies. `root`: no policy of the account limits its root user. `observed`:
   * only what AWS refused in answers is known.
   */
  source: "simulated" | "root" | "observed";
  /** ARN of the role or user that was asked about. */
  principal?: string;
  /** Why IAM could not be asked. */
  reason?: string;
  permissions: AwsPermission[];
  /** Whether the credentials belong to the target's account. */
  account: AccountVerdict;
};

export type PolicyStatement = {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};
export type PolicyDocument = { Version: "2012-10-17"; Statement: PolicyStatement[] };
