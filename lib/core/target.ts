/** One AWS account and Region that the console serves, addressed by `id` in every URL. */
export type Target = {
  id: string;
  label: string;
  /** Twelve digits. */
  accountId: string;
  region: string;
  /** Assumed for every call when present, else the ambient credentials are used as they are. */
  roleArn?: string;
  externalId?: string;
  /** An SQS queue to which EventBridge sends Image Builder's events. */
  buildEventsQueueUrl?: string;
  /** False where the role's trust policy does not allow sts:SetSourceIdentity. */
  sourceIdentity?: boolean;
};
