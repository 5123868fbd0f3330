import { awsPages } from "../aws-pages";

export const workflowTypes = ["BUILD", "TEST", "DISTRIBUTION"] as const;
export type WorkflowType = (typeof workflowTypes)[number];

export interface StepInput {
  name: string;
  /** `json`: a text that is JSON once what stands in `{{ }}` is filled in, of at most 16 KiB. */
  type: "string" | "boolean" | "string list" | "list" | "map" | "json";
  required?: true;
  values?: readonly string[];
  /** Only a reference will do, so the key ends in `.$`. */
  onlyReference?: true;
  description: string;
}

export interface StepAction {
  name: string;
  description: string;
  types: readonly WorkflowType[];
  defaultSeconds: number;
  maxSeconds: number;
  inputs: readonly StepInput[];
  outputs: readonly string[];
  link: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const everywhere: readonly WorkflowType[] = workflowTypes;
const distribution: readonly WorkflowType[] = ["DISTRIBUTION"];
const command = ["runCommandId", "status", "output"] as const;

/** What JSON texts in inputs may have. */
export const jsonLimitBytes = 16 * 1024;

const instanceId: StepInput = {
  name: "instanceId",
  type: "string",
  required: true,
  description: "The instance, from the step that launched it.",
};
const distributedImages: StepInput = {
  name: "distributedImages",
  type: "list",
  required: true,
  onlyReference: true,
  description: "The distributedImages of a DistributeImage step.",
};
const text = (name: string, description: string, values?: readonly string[]): StepInput => ({
  name,
  type: "string",
  description,
  ...(values && { values }),
});

/** The step actions of workflows, by the names that count with their case. */
export const stepActions: readonly StepAction[] = (
  [
    {
      name: "LaunchInstance",
      description:
        "Launches an instance with the settings of the recipe and the infrastructure configuration.",
      types: everywhere,
      defaultSeconds: 75 * MINUTE,
      maxSeconds: 12 * HOUR,
      inputs: [
        { ...text("waitFor", "What to wait for.", ["ssmAgent"]), required: true },
        text("healthCheck", "How healthy the instance must be.", ["RUNNING", "STATUS_CHECK_PASSED"]),
        text("imageIdOverride", "The AMI to launch in place of the stage's own."),
        {
          name: "instanceTypesOverride",
          type: "string list",
          description: "Instance types to try in order.",
        },
      ],
      outputs: ["instanceId"],
    },
    {
      name: "BootstrapInstanceForContainer",
      description: "Installs Docker and the AWS CLI for container builds.",
      types: everywhere,
      defaultSeconds: HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: command,
    },
    {
      name: "ExecuteComponents",
      description: "Runs the recipe's components of the stage.",
      types: ["BUILD", "TEST"],
      defaultSeconds: 12 * HOUR,
      maxSeconds: DAY,
      inputs: [instanceId],
      outputs: command,
    },
    {
      name: "CollectImageMetadata",
      description: "Collects the operating system and its packages.",
      types: everywhere,
      defaultSeconds: 30 * MINUTE,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: ["osVersion", "associationId"],
    },
    {
      name: "CollectImageScanFindings",
      description: "Collects what Amazon Inspector found on the test instance.",
      types: ["TEST"],
      defaultSeconds: 2 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: command,
    },
    {
      name: "RunSysPrep",
      description: "Runs Sysprep on a Windows instance.",
      types: everywhere,
      defaultSeconds: HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: command,
    },
    {
      name: "SanitizeInstance",
      description: "Cleans a Linux instance up before the snapshot.",
      types: everywhere,
      defaultSeconds: HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: command,
    },
    {
      name: "CreateImage",
      description: "Creates an AMI from a running instance.",
      types: everywhere,
      defaultSeconds: 12 * HOUR,
      maxSeconds: 3 * DAY,
      inputs: [instanceId],
      outputs: ["imageId"],
    },
    {
      name: "CreateImageFromIso",
      description: "Creates an AMI from an ISO disk image on the instance.",
      types: everywhere,
      defaultSeconds: 12 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      // The page lists the first three. A BUILD workflow needs an AMI's ID, and no other step of an ISO build has it.
      outputs: ["amiName", "snapshotId", "architecture", "imageId"],
    },
    {
      name: "RegisterImage",
      description: "Registers an AMI from snapshots.",
      types: everywhere,
      defaultSeconds: 9 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [
        text("architecture", "The architecture of the AMI.", [
          "i386",
          "x86_64",
          "arm64",
          "x86_64_mac",
          "arm64_mac",
        ]),
        { name: "blockDeviceMapping", type: "list", description: "The devices, in EC2's spelling." },
        text("bootMode", "How the AMI boots.", ["legacy-bios", "uefi", "uefi-preferred"]),
        text("description", "A description of the AMI."),
        { name: "enaSupport", type: "boolean", description: "Whether enhanced networking with ENA is on." },
        text("imageLocation", "The manifest, for AMIs that S3 holds."),
        text("imdsSupport", "Which instance metadata service.", ["v2.0"]),
        {
          name: "includeSnapshotTags",
          type: "boolean",
          description: "Whether the AMI gets the tags of its first snapshot.",
        },
        text("kernelId", "The kernel."),
        text("ramdiskId", "The RAM disk."),
        text("rootDeviceName", "The root device, as /dev/sda1."),
        text("sriovNetSupport", "Enhanced networking with the Intel 82599 interface."),
        text("tpmSupport", "The version of the TPM.", ["v2.0"]),
        text("uefiData", "UEFI data in Base64."),
        text("virtualizationType", "The kind of virtualization.", ["hvm", "paravirtual"]),
      ],
      outputs: ["imageId"],
    },
    {
      name: "RunCommand",
      description: "Runs a command document of Systems Manager.",
      types: everywhere,
      defaultSeconds: 12 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [
        instanceId,
        { ...text("documentName", "The command document."), required: true },
        { name: "parameters", type: "map", description: "A list of texts for each parameter." },
        text("documentVersion", "The version of the document; $DEFAULT without one."),
      ],
      outputs: command,
    },
    {
      name: "WaitForSSMAgent",
      description: "Waits until Systems Manager can reach the instance again.",
      types: everywhere,
      defaultSeconds: HOUR,
      maxSeconds: 3 * HOUR,
      inputs: [instanceId],
      outputs: ["status"],
    },
    {
      name: "WaitForAction",
      description: "Pauses until somebody resumes or stops the workflow.",
      types: everywhere,
      defaultSeconds: 3 * DAY,
      maxSeconds: 7 * DAY,
      inputs: [
        text("snsTopicArn", "A topic that is told of the pause."),
        text("lambdaFunctionName", "A function to invoke, by name or ARN."),
        {
          name: "payload",
          type: "json",
          description: "What topic and function get, wrapped in the default.",
        },
      ],
      outputs: ["action", "reason"],
    },
    {
      name: "ExecuteStateMachine",
      description: "Runs a state machine of Step Functions and waits for it.",
      types: everywhere,
      defaultSeconds: 6 * HOUR,
      maxSeconds: DAY,
      inputs: [
        { ...text("stateMachineArn", "The state machine."), required: true },
        { name: "input", type: "json", description: "What the state machine gets; {} without it." },
      ],
      outputs: ["executionArn", "output"],
    },
    {
      name: "TerminateInstance",
      description: "Terminates an instance.",
      types: everywhere,
      defaultSeconds: 30 * MINUTE,
      maxSeconds: 12 * HOUR,
      inputs: [
        instanceId,
        {
          name: "waitForTermination",
          type: "boolean",
          description: "Whether to wait until it is terminated.",
        },
      ],
      outputs: [],
    },
    {
      name: "DistributeImage",
      description: "Copies an AMI to Regions and accounts.",
      types: distribution,
      defaultSeconds: 6 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [
        {
          name: "distributions",
          type: "list",
          description: "One item a Region; the attached configuration is then ignored.",
        },
      ],
      outputs: ["distributedImages"],
    },
    {
      name: "ModifyImageAttributes",
      description: "Changes the launch permissions of distributed AMIs.",
      types: distribution,
      defaultSeconds: 2 * HOUR,
      maxSeconds: 3 * HOUR,
      inputs: [
        distributedImages,
        { name: "attributes", type: "list", description: "One item a Region, with its launchPermission." },
      ],
      outputs: ["modifiedImages"],
    },
    {
      name: "ApplyImageConfigurations",
      description: "Applies launch templates, licenses, exports, Fast Launch and Systems Manager parameters.",
      types: distribution,
      defaultSeconds: 6 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [
        distributedImages,
        { name: "configurations", type: "list", description: "One item a Region, with what is applied." },
      ],
      outputs: ["configuredImages"],
    },
    {
      name: "DistributeContainerImage",
      description: "Pushes a container image to its repositories.",
      types: distribution,
      defaultSeconds: 2 * HOUR,
      maxSeconds: 12 * HOUR,
      inputs: [instanceId],
      outputs: ["status", "succeededRegions", "failedRegions"],
    },
  ] satisfies Omit<StepAction, "link">[]
).map((action) => ({ ...action, link: awsPages.workflowActions }));

const byName = new Map(stepActions.map((action) => [action.name, action]));
export const stepAction = (name: string): StepAction | undefined => byName.get(name);

/** A workflow distributes containers or AMIs, never both. */
export const containerDistribution = "DistributeContainerImage";
export const amiDistribution = [
  "DistributeImage",
  "ModifyImageAttributes",
  "ApplyImageConfigurations",
] as const;
