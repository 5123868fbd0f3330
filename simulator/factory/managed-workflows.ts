import { partitionOf } from "../engine/partitions";
import type { ImageType, WorkflowType } from "./types";

export interface ManagedWorkflow {
  name: string;
  version: string;
  type: WorkflowType;
  description: string;
  /** YAML, as GetWorkflow gives it. */
  document: string;
}

const cleanUp = (step: string, launched: string) => `  - name: ${step}
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: "$.stepOutputs.${launched}.instanceId"
`;

const launch = (step: string, healthCheck = "") => `  - name: ${step}
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: "ssmAgent"
${healthCheck && `      healthCheck: "${healthCheck}"\n`}`;

const onInstance = (step: string, action: string, launched: string, onFailure = "Abort") => `  - name: ${step}
    action: ${action}
    onFailure: ${onFailure}
    inputs:
      instanceId.$: "${launched === CONTAINER ? CONTAINER : `$.stepOutputs.${launched}.instanceId`}"
`;

/** The build instance of a container, which its tests and its distribution go on with. */
const CONTAINER = "$.workflowOutputs.InstanceId";

const when = (step: string, condition: string) =>
  step.replace("    onFailure:", `    if:\n${condition}    onFailure:`);

const flagged = (flag: string) => `      booleanEquals: true\n      value: "$.imagebuilder.${flag}"\n`;
const onPlatform = (platform: string) =>
  `      and:\n        - stringEquals: "AMI"\n          value: "$.imagebuilder.imageType"\n        - stringEquals: "${platform}"\n          value: "$.imagebuilder.platform"\n`;

const head = (name: string, description: string) =>
  `name: ${name}\ndescription: ${description}\nschemaVersion: 1.0\n\nsteps:\n`;

const BUILD = "LaunchBuildInstance";
const TEST = "LaunchTestInstance";

const buildImage = (launched: string, inventory = "") =>
  launched +
  onInstance("ApplyBuildComponents", "ExecuteComponents", BUILD) +
  inventory +
  when(onInstance("RunSanitizeScript", "SanitizeInstance", BUILD), onPlatform("Linux")) +
  when(onInstance("RunSysPrepScript", "RunSysPrep", BUILD), onPlatform("Windows")) +
  onInstance("CreateOutputAMI", "CreateImage", BUILD) +
  cleanUp("TerminateBuildInstance", BUILD);
const IMAGE_ID = 'outputs:\n  - name: "ImageId"\n    value: "$.stepOutputs.CreateOutputAMI.imageId"\n';

const buildContainer = (launched: string) =>
  launched +
  onInstance("BootstrapBuildInstance", "BootstrapInstanceForContainer", BUILD) +
  onInstance("ApplyBuildComponents", "ExecuteComponents", BUILD);
const INSTANCE_ID = `outputs:\n  - name: "InstanceId"\n    value: "$.stepOutputs.${BUILD}.instanceId"\n`;

function managed(
  type: WorkflowType,
  name: string,
  version: string,
  description: string,
  steps: string,
  outputs = "",
): ManagedWorkflow {
  return { name, version, type, description, document: head(name, description) + steps + outputs };
}

/**
 * Image Builder's own workflows, owner Amazon.
 * Differs from AWS: the steps of test-container, distribute-image, distribute-container, build-image-from-iso and the
 * express workflows are not published; an express build waits for a running instance only and collects no metadata, an
 * express test collects no findings. Tests of a container run on its build instance.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-components.html
 */
export const MANAGED_WORKFLOWS: readonly ManagedWorkflow[] = [
  managed(
    "BUILD",
    "build-image",
    "1.0.3",
    "Workflow to build an AMI",
    buildImage(
      launch(BUILD),
      when(onInstance("InventoryCollection", "CollectImageMetadata", BUILD), flagged("collectImageMetadata")),
    ),
    IMAGE_ID,
  ),
  managed(
    "BUILD",
    "build-container",
    "1.0.2",
    "Workflow to build a container image",
    buildContainer(launch(BUILD)),
    INSTANCE_ID,
  ),
  managed(
    "TEST",
    "test-image",
    "1.0.3",
    "Workflow to test an AMI",
    launch(TEST) +
      when(
        onInstance("CollectImageScanFindings", "CollectImageScanFindings", TEST, "Continue"),
        flagged("collectImageScanFindings"),
      ) +
      onInstance("ApplyTestComponents", "ExecuteComponents", TEST) +
      cleanUp("TerminateTestInstance", TEST),
  ),
  managed(
    "TEST",
    "test-container",
    "1.0.2",
    "Workflow to test a container image",
    when(
      onInstance("CollectImageScanFindings", "CollectImageScanFindings", CONTAINER, "Continue"),
      flagged("collectImageScanFindings"),
    ) + onInstance("ApplyTestComponents", "ExecuteComponents", CONTAINER),
  ),
  managed(
    "BUILD",
    "express-build-image",
    "1.0.0",
    "Workflow to build an AMI without waiting for status checks",
    buildImage(launch(BUILD, "RUNNING")),
    IMAGE_ID,
  ),
  managed(
    "BUILD",
    "express-build-container",
    "1.0.0",
    "Workflow to build a container image without waiting for status checks",
    buildContainer(launch(BUILD, "RUNNING")),
    INSTANCE_ID,
  ),
  managed(
    "TEST",
    "express-test-image",
    "1.0.0",
    "Workflow to test an AMI without collecting findings",
    launch(TEST, "RUNNING") +
      onInstance("ApplyTestComponents", "ExecuteComponents", TEST) +
      cleanUp("TerminateTestInstance", TEST),
  ),
  managed(
    "BUILD",
    "build-image-from-iso",
    "1.0.0",
    "Workflow to build an AMI from a disk file",
    launch(BUILD) +
      onInstance("CreateOutputAMI", "CreateImageFromIso", BUILD) +
      cleanUp("TerminateBuildInstance", BUILD),
    IMAGE_ID,
  ),
  managed(
    "DISTRIBUTION",
    "distribute-image",
    "1.0.0",
    "Workflow to distribute an AMI",
    `  - name: DistributeImage
    action: DistributeImage
    onFailure: Abort
  - name: ApplyImageConfigurations
    action: ApplyImageConfigurations
    onFailure: Abort
    inputs:
      distributedImages.$: "$.stepOutputs.DistributeImage.distributedImages"
`,
  ),
  managed(
    "DISTRIBUTION",
    "distribute-container",
    "1.0.0",
    "Workflow to distribute a container image",
    `  - name: DistributeContainerImage
    action: DistributeContainerImage
    onFailure: Abort
    inputs:
      instanceId.$: "$.workflowOutputs.InstanceId"
  - name: TerminateBuildInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: "$.workflowOutputs.InstanceId"
`,
  ),
];

/** The managed workflow that Image Builder runs where the caller names none. */
export function defaultWorkflow(type: WorkflowType, imageType: ImageType): ManagedWorkflow {
  const name = `${type === "DISTRIBUTION" ? "distribute" : type.toLowerCase()}-${imageType === "AMI" ? "image" : "container"}`;
  const workflow = MANAGED_WORKFLOWS.find((candidate) => candidate.name === name);
  if (!workflow) throw new Error(`No managed workflow ${name}`);
  return workflow;
}

/** `arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.3/1` */
export function managedWorkflowArn(workflow: ManagedWorkflow, region: string): string {
  return `arn:${partitionOf(region)}:imagebuilder:${region}:aws:workflow/${workflow.type.toLowerCase()}/${workflow.name}/${workflow.version}/1`;
}
