import { partitionOf } from "../engine/partitions";
import { between } from "./deterministic";
import { placedFault, regionFailures } from "./distribution-faults";
import type { StepCall, StepResult } from "./step-call";
import { say } from "./timeline";
import type { BuildArtifact, DistributionInput, OutputAmi, RegionFailure } from "./types";

/** Launch templates, SSM parameters, licenses, Fast Launch and export, Region by Region. */
export function configureImages(call: StepCall, targets: DistributionInput[]): StepResult {
  const { play, key, startMs } = call;
  const failures: RegionFailure[] = [];
  let clock = startMs + between(`${key}/configure`, 2000, 6000);
  const amiOf = (region: string, accountId: string): OutputAmi | undefined =>
    play.timeline.artifacts
      .filter(
        (artifact): artifact is BuildArtifact & { kind: "ami" } =>
          artifact.kind === "ami" && artifact.distributed,
      )
      .map((artifact) => artifact.ami)
      .findLast((ami) => ami.region === region && ami.accountId === accountId);

  const attempt = (
    target: DistributionInput,
    accountId: string,
    step: string,
    refusal: string | undefined,
    done: () => void,
  ) => {
    clock += between(`${key}/${target.region}/${accountId}/${step}`, 1500, 5000);
    if (!refusal) return done();
    failures.push({
      region: target.region,
      targetAccountId: accountId,
      status: "FAILED",
      imageConfigurationStep: step,
      errorMessage: refusal,
    });
    say(
      play,
      clock,
      `Failed to apply ${step} in Region ${target.region} and account ${accountId}: ${refusal}`,
    );
  };

  for (const target of targets) {
    const { region } = target;
    for (const template of target.launchTemplates ?? []) {
      const accountId = template.accountId ?? play.accountId;
      attempt(
        target,
        accountId,
        "UPDATE_LAUNCH_TEMPLATES",
        templateRefusal(call, region, accountId, template.launchTemplateId),
        () =>
          play.timeline.artifacts.push({
            atMs: clock,
            kind: "launch-template-version",
            region,
            accountId,
            launchTemplateId: template.launchTemplateId,
            amiId: amiOf(region, accountId)?.image ?? "",
            setDefaultVersion: template.setDefaultVersion ?? true,
          }),
      );
    }
    for (const parameter of target.ssmParameters ?? []) {
      const accountId = parameter.amiAccountId ?? play.accountId;
      const denied = placedFault(call, ["ssm-parameter-denied"], region, accountId);
      const refusal =
        denied &&
        `User: arn:${partitionOf(region)}:sts::${accountId}:assumed-role/AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService is not authorized to perform: ssm:PutParameter on resource: arn:${partitionOf(region)}:ssm:${region}:${accountId}:parameter${parameter.parameterName}`;
      attempt(target, accountId, "PUT_SSM_PARAMETERS", refusal, () =>
        play.timeline.artifacts.push({
          atMs: clock,
          kind: "ssm-parameter",
          region,
          accountId: play.accountId,
          name: parameter.parameterName,
          value: amiOf(region, accountId)?.image ?? "",
          dataType: parameter.dataType ?? "aws:ec2:image",
        }),
      );
    }
    if (target.licenseConfigurationArns?.length) {
      const missing = placedFault(call, ["license-missing"], region, play.accountId);
      attempt(
        target,
        play.accountId,
        "ASSOCIATE_LICENSES",
        missing &&
          `License configuration ${target.licenseConfigurationArns[0]} does not exist in Region ${region}`,
        () => {},
      );
    }
    for (const accountId of target.fastLaunchAccountIds ?? []) {
      const denied = placedFault(call, ["fast-launch-denied"], region, accountId);
      attempt(
        target,
        accountId,
        "UPDATE_FAST_LAUNCH_CONFIGURATIONS",
        denied && "You are not authorized to perform this operation: ec2:EnableFastLaunch",
        () => {},
      );
    }
    if (target.s3Export) exportImage(target, target.s3Export);
  }
  if (failures.length === 0) return { endMs: clock };
  return {
    endMs: clock,
    failure: { ...regionFailures(call, failures), message: failures[0]?.errorMessage ?? "" },
  };

  function exportImage(target: DistributionInput, to: NonNullable<DistributionInput["s3Export"]>) {
    const denied = placedFault(call, ["export-denied"], target.region, play.accountId);
    clock += denied ? 0 : between(`${key}/${target.region}/export`, 300_000, 700_000);
    const image = amiOf(target.region, play.accountId)?.image ?? "";
    attempt(
      target,
      play.accountId,
      "EXPORT_AMI",
      denied &&
        `The service role vmie does not exist or does not have sufficient permissions for bucket ${to.bucket}`,
      () =>
        play.timeline.artifacts.push({
          atMs: clock,
          kind: "s3-export",
          region: target.region,
          bucket: to.bucket,
          key: `${to.prefix ?? ""}export-${image}.${to.format.toLowerCase()}`,
        }),
    );
  }
}

function templateRefusal(
  call: StepCall,
  region: string,
  accountId: string,
  launchTemplateId: string,
): string | undefined {
  const kind = placedFault(call, ["launch-template-missing", "launch-template-denied"], region, accountId);
  if (kind === "launch-template-missing")
    return `The specified launch template, with template ID ${launchTemplateId}, does not exist.`;
  return (
    kind &&
    `You are not authorized to perform this operation: ec2:CreateLaunchTemplateVersion on ${launchTemplateId}`
  );
}
