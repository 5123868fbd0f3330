import { DEMO_ACCOUNT } from "../engine/scope";
import { formatArn } from "../services/imagebuilder/arns";
import { DEMO_PLACE } from "./demo-arns";

/** A build workflow in which a person has to agree before the image is made. */
export const APPROVAL_WORKFLOW = {
  name: "build-image-with-approval",
  version: "1.0.0",
  description: "Builds an AMI and waits for the security team before it is created.",
  document: `name: build-image-with-approval
description: Builds an AMI and waits for the security team before it is created.
schemaVersion: 1.0

steps:
  - name: LaunchBuildInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: "ssmAgent"

  - name: ApplyBuildComponents
    action: ExecuteComponents
    onFailure: Abort
    inputs:
      instanceId.$: "$.stepOutputs.LaunchBuildInstance.instanceId"

  - name: ApproveHardening
    action: WaitForAction
    description: The security team looks at the report and agrees.
    timeoutSeconds: 259200

  - name: RunSanitizeScript
    action: SanitizeInstance
    onFailure: Abort
    inputs:
      instanceId.$: "$.stepOutputs.LaunchBuildInstance.instanceId"

  - name: CreateOutputAMI
    action: CreateImage
    onFailure: Abort
    inputs:
      instanceId.$: "$.stepOutputs.LaunchBuildInstance.instanceId"

  - name: TerminateBuildInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: "$.stepOutputs.LaunchBuildInstance.instanceId"

outputs:
  - name: "ImageId"
    value: "$.stepOutputs.CreateOutputAMI.imageId"
`,
};

export const EXECUTION_ROLE = `arn:aws:iam::${DEMO_ACCOUNT}:role/ImageBuilderWorkflowExecutionRole`;

export function approvalWorkflowArn(): string {
  return formatArn({
    ...DEMO_PLACE,
    kind: "workflow",
    workflowType: "build",
    name: APPROVAL_WORKFLOW.name,
    version: APPROVAL_WORKFLOW.version,
    build: 1,
  });
}
