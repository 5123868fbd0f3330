/** What an account is for. Production is guarded: what cannot be undone there asks for the account's name. */
export const ENVIRONMENTS = ["production", "staging", "development"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** How many pipelines of one account may have metrics of their own in CloudWatch. */
export const MOST_METRIC_PIPELINES = 200;

/** One AWS account and Region that the console serves, addressed by `id` in every URL. */
export type Target = {
  id: string;
  label: string;
  /** Twelve digits. */
  accountId: string;
  region: string;
  environment?: Environment;
  /** Assumed for every call when present, else the ambient credentials are used as they are. */
  roleArn?: string;
  externalId?: string;
  /** An SQS queue to which EventBridge sends Image Builder's events. */
  buildEventsQueueUrl?: string;
  /** How many pipelines have metrics of their own in CloudWatch; absent: no metrics are sent. */
  cloudWatchPipelines?: number;
  /** True of one that an administrator added; the others are the environment's. */
  isAdded?: true;
  /** False where the role's trust policy does not allow sts:SetSourceIdentity. */
  sourceIdentity?: boolean;
};

/** What AWS says of the account that a target's credentials belong to. */
export type AccountVerdict =
  /** `at`: epoch milliseconds of the answer. */
  | { state: "confirmed"; accountId: string; arn: string; at: number }
  /** `accountId` and `arn` are what AWS says; `reason` names both accounts and what to change. */
  | { state: "differs"; accountId: string; arn: string; reason: string }
  | { state: "not-known"; reason: string };

/** Stands in addresses where a target's ID would: pages about every account that somebody may see. */
export const ALL_ACCOUNTS = "all-accounts";

/** An account that did not answer, and why. */
export type UnreadAccount = { target: string; label: string; reason: string };
