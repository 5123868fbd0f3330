const INSTANCE = '"$.stepOutputs.LaunchInstance.instanceId"';
const LAUNCH = `  - name: LaunchInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: "ssmAgent"
`;
const stepOnInstance = (name: string, action: string, onFailure = "Abort") => `
  - name: ${name}
    action: ${action}
    onFailure: ${onFailure}
    inputs:
      instanceId.$: ${INSTANCE}
`;
const head = (description: string) => `name: my-workflow
description: ${description}
schemaVersion: 1.0

steps:
`;

/** What a new workflow of each type begins with: AWS's own order of steps, with nothing optional. */
export const starterWorkflows: Readonly<Record<"BUILD" | "TEST" | "DISTRIBUTION", string>> = {
  BUILD: `${head("Builds an AMI.")}${LAUNCH}${stepOnInstance("ApplyBuildComponents", "ExecuteComponents")}${stepOnInstance("RunSanitizeScript", "SanitizeInstance")}${stepOnInstance("CreateOutputAMI", "CreateImage")}${stepOnInstance("TerminateInstance", "TerminateInstance", "Continue")}
outputs:
  - name: "ImageId"
    value: "$.stepOutputs.CreateOutputAMI.imageId"
`,
  TEST: `${head("Tests an AMI on an instance of its own.")}${LAUNCH}${stepOnInstance("ApplyTestComponents", "ExecuteComponents")}${stepOnInstance("TerminateInstance", "TerminateInstance", "Continue")}`,
  DISTRIBUTION: `${head("Distributes an AMI as the pipeline's distribution configuration says.")}  - name: DistributeImage
    action: DistributeImage
    onFailure: Abort
`,
};
