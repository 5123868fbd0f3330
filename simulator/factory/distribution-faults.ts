import { partitionOf } from "../engine/partitions";
import { ownArn, ownUuid } from "./own-text";
import type { StepCall, StepFailure } from "./step-call";
import type { BuildFault, DistributionInput, RegionFailure } from "./types";

type PlacedKind = Extract<BuildFault, { accountId?: string }>["kind"];

/** A distribution fault of one of these kinds that hits this Region and account. */
export function placedFault(
  call: StepCall,
  kinds: readonly PlacedKind[],
  region: string,
  accountId: string,
): PlacedKind | undefined {
  for (const fault of call.play.faults) {
    const kind = kinds.find((candidate) => candidate === fault.kind);
    if (!kind || !("kind" in fault)) continue;
    const place = fault as { region?: string; accountId?: string };
    if ((place.region ?? region) === region && (place.accountId ?? accountId) === accountId) return kind;
  }
  return undefined;
}

const COPY_FAULTS: readonly PlacedKind[] = [
  "cross-account-role",
  "kms-denied",
  "default-key-shared",
  "ami-name-in-use",
  "region-disabled",
  "watermark-public",
  "ecr-denied",
];

/** Why the image cannot be brought to this place, if it cannot. */
export function copyFailure(
  call: StepCall,
  target: DistributionInput,
  accountId: string,
): RegionFailure | undefined {
  const kind = placedFault(call, COPY_FAULTS, target.region, accountId);
  if (!kind) return undefined;
  const errorMessage = copyMessage(kind, call, target, accountId);
  return { region: target.region, targetAccountId: accountId, status: "FAILED", errorMessage };
}

function copyMessage(kind: PlacedKind, call: StepCall, target: DistributionInput, accountId: string): string {
  const partition = partitionOf(target.region);
  switch (kind) {
    case "cross-account-role":
      return `User: arn:${partition}:sts::${call.play.accountId}:assumed-role/AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService is not authorized to perform: sts:AssumeRole on resource: arn:${partition}:iam::${accountId}:role/EC2ImageBuilderDistributionCrossAccountRole`;
    case "kms-denied":
      return `Given key ID is not accessible: ${target.kmsKeyId ?? `arn:${partition}:kms:${target.region}:${accountId}:alias/aws/ebs`}. You must have DescribeKey permissions on the default CMK (Service: Ec2, Status Code: 403)`;
    case "default-key-shared":
      return "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot. (Service: Ec2, Status Code: 400)";
    case "ami-name-in-use":
      return `AMI name ${target.amiName ?? call.play.input.imageName} is already in use by AMI ami-0${call.play.accountId}00000`;
    case "region-disabled":
      return `An error occurred (OptInRequired): You are not subscribed to this service. The Region ${target.region} is not enabled for account ${accountId}`;
    case "watermark-public":
      return "An AMI that has a watermark cannot be made public. Remove the launch permission of the group all. (Service: Ec2, Status Code: 400)";
    default:
      return `denied: User: arn:${partition}:sts::${accountId}:assumed-role/EC2InstanceProfileForImageBuilder is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:${partition}:ecr:${target.region}:${accountId}:repository/${target.container?.repositoryName ?? ""}`;
  }
}

/** The reason of a failed distribution and its failureContext; Regions that succeeded are left out. */
export function regionFailures(call: StepCall, failures: RegionFailure[]): StepFailure {
  const job = ownUuid(call.play, `${call.key}/job`);
  const word = call.step.action === "ApplyImageConfigurations" ? "Integration" : "Distribution";
  const first = failures[0];
  const errorMessage = `${word} failed with JobId '${job}', status = 'Failed' for ARN '${ownArn(call.play)}'. ${first ? `Region '${first.region}', account '${first.targetAccountId}': ${first.errorMessage}` : ""}`;
  return {
    reason: errorMessage,
    distributionFailure: { errorMessage, regionFailures: failures.slice(0, 256) },
  };
}
