/**
 * The contract of the build model. A build is data: everything that happens in it follows from the
 * script, the interventions and the milliseconds since it began, so nothing has to run in between.
 * Times are milliseconds since the build began, in the time of life; the caller applies its speed.
 */

export type Platform = "Linux" | "Windows" | "macOS";
export type ImageType = "AMI" | "DOCKER";
export type WorkflowType = "BUILD" | "TEST" | "DISTRIBUTION";

export type ImageStatus =
  | "PENDING"
  | "CREATING"
  | "BUILDING"
  | "TESTING"
  | "DISTRIBUTING"
  | "INTEGRATING"
  | "AVAILABLE"
  | "FAILED"
  | "CANCELLED";

type WorkflowExecutionStatus =
  | "PENDING"
  | "RUNNING"
  | "COMPLETED"
  | "FAILED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_COMPLETED"
  | "CANCELLED";

type StepExecutionStatus = "PENDING" | "SKIPPED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";

export interface ComponentInput {
  /** Build version ARN, as it stands in the log. */
  arn: string;
  /** The YAML or JSON document as stored. */
  document: string;
  /** Values the recipe gives; the document's defaults fill the rest. */
  parameters?: Record<string, string>;
}

export interface WorkflowInput {
  /** Build version ARN. */
  arn: string;
  type: WorkflowType;
  /** The YAML or JSON document as stored. */
  document: string;
  parameters?: Record<string, string | number | boolean | string[]>;
  parallelGroup?: string;
  /** What a failed test workflow does to the build; default Abort. */
  onFailure?: "Abort" | "Continue";
}

/** One Region of a distribution configuration. */
export interface DistributionInput {
  region: string;
  /** May hold `{{ imagebuilder:buildDate }}` and `{{ imagebuilder:buildVersion }}`. */
  amiName?: string;
  amiDescription?: string;
  amiTags?: Record<string, string>;
  targetAccountIds?: string[];
  kmsKeyId?: string;
  /** As in the API: userIds, userGroups, organizationArns, organizationalUnitArns. */
  launchPermission?: Record<string, string[]>;
  launchTemplates?: { launchTemplateId: string; accountId?: string; setDefaultVersion?: boolean }[];
  ssmParameters?: { parameterName: string; amiAccountId?: string; dataType?: string }[];
  licenseConfigurationArns?: string[];
  fastLaunchAccountIds?: string[];
  s3Export?: { bucket: string; prefix?: string; format: string };
  /** Container images only. */
  container?: { repositoryName: string; tags?: string[] };
}

/**
 * Trouble put into a build from outside its documents. `region` and `accountId` narrow the
 * distribution faults; without them every target is hit.
 */
export type BuildFault =
  | { kind: "parent-missing" }
  | { kind: "role-denied" }
  | { kind: "capacity"; stage?: "BUILD" | "TEST" }
  | { kind: "vcpu-limit"; stage?: "BUILD" | "TEST" }
  | { kind: "ssm-timeout"; stage?: "BUILD" | "TEST" }
  | { kind: "bootstrap-failed"; stage?: "BUILD" | "TEST" }
  | { kind: "command-lost"; stage?: "BUILD" | "TEST" }
  | { kind: "launch-refused"; message: string }
  | { kind: "inventory-failed" }
  | { kind: "sanitize-failed" }
  | { kind: "sysprep-failed" }
  | { kind: "create-image-timeout" }
  | { kind: "scan-failed" }
  | {
      kind: "component-step";
      /** The first step that matches fails; without `component` or `step` the first of all. */
      component?: string;
      step?: string;
      exitCode: number;
      stderr: string;
      /** Lines printed before it fails. */
      stdout?: string[];
    }
  | {
      kind:
        | "kms-denied"
        | "default-key-shared"
        | "cross-account-role"
        | "ami-name-in-use"
        | "region-disabled"
        | "watermark-public"
        | "launch-template-missing"
        | "launch-template-denied"
        | "ssm-parameter-denied"
        | "license-missing"
        | "export-denied"
        | "fast-launch-denied"
        | "ecr-denied";
      region?: string;
      accountId?: string;
    };

export interface BuildInput {
  /** Same seed, same ids, durations and temporary names. */
  seed: string;
  /** Epoch milliseconds of elapsed 0: dates in AMI names and in `date` come from it. */
  startedAtMs: number;
  /** The name of the recipe in its original case. */
  imageName: string;
  version: string;
  buildNumber: number;
  /** Image build version ARN; Region and account are read from it. */
  imageArn: string;
  buildType: "USER_INITIATED" | "SCHEDULED" | "IMPORT" | "IMPORT_ISO";
  imageType: ImageType;
  platform: Platform;
  /** As GetImage gives it: "Amazon Linux 2023", "Ubuntu 24.04", "Microsoft Windows Server 2022" ... */
  osVersion?: string;
  parentImage: {
    /** As the recipe has it: ami-..., ssm:/..., image ARN, or a container image. */
    reference: string;
    /** What it resolved to. */
    amiId?: string;
  };
  /** DistributeImage: nothing is built or tested, the parent's AMI is distributed. */
  distributeOnly?: boolean;
  components: ComponentInput[];
  /** Texts that their ExecuteDocument steps name, by ARN or S3 address; null where there is none. */
  documents?: Record<string, string | null>;
  /** Of Parameter Store, as their references find it; null where there is none. */
  parameterValues?: Record<string, string | null>;
  /** Absent for a build without a pipeline. */
  pipelineArn?: string;
  testsEnabled: boolean;
  metadataEnabled: boolean;
  scanningEnabled: boolean;
  /** In order. A type that is not among them runs Image Builder's managed workflow. */
  workflows?: WorkflowInput[];
  /** Absent or empty: the Region and account of the build alone. */
  distribution?: DistributionInput[];
  instanceTypes?: string[];
  terminateInstanceOnFailure: boolean;
  /** Log prefix of the working directory on the instance; default /tmp or Windows' temporary folder. */
  workingDirectory?: string;
  faults?: BuildFault[];
}

/** Plain JSON: store it, read it back, and every question about the build has the same answer. */
export interface BuildScript {
  format: 1;
  input: BuildInput;
}

/** What a user did to a running or ended build. `atMs` as everywhere: since the build began. */
export type Intervention =
  | { kind: "cancel"; atMs: number }
  | {
      kind: "answer";
      atMs: number;
      stepExecutionId: string;
      action: "RESUME" | "STOP";
      reason?: string;
    }
  /**
   * Ignored unless the build has ended FAILED or CANCELLED by then and `retryStage` names a stage.
   * `faults` are those the new attempt meets; default none, as if their cause had been mended.
   */
  | { kind: "retry"; atMs: number; faults?: BuildFault[] };

export interface FailureContext {
  imageStatus?: ImageStatus;
  workflowArn?: string;
  workflowExecutionId?: string;
  failedStep?: string;
  stepExecutionId?: string;
  componentFailure?: {
    componentArn: string;
    phaseName: string;
    stepName: string;
    action: string;
    errorMessage: string;
  };
  distributionFailure?: {
    errorMessage: string;
    regionFailures: RegionFailure[];
  };
}

export interface RegionFailure {
  region: string;
  targetAccountId: string;
  status: string;
  /** Absent: the copy itself failed. */
  imageConfigurationStep?: string;
  errorMessage: string;
}

export interface StepExecution {
  stepExecutionId: string;
  name: string;
  description?: string;
  action: string;
  status: StepExecutionStatus;
  rollbackStatus?: "RUNNING" | "COMPLETED" | "SKIPPED" | "FAILED";
  message?: string;
  /** JSON text, as the API has it. */
  inputs?: string;
  /** JSON text, as the API has it. */
  outputs?: string;
  onFailure: string;
  timeoutSeconds: number;
  /** Of a step with retries: which run this is, and how many there may be. */
  attemptNumber?: number;
  maxAttempts?: number;
  startMs: number;
  /** Absent while it runs. */
  endMs?: number;
}

export interface WorkflowExecution {
  workflowExecutionId: string;
  workflowArn: string;
  type: WorkflowType;
  status: WorkflowExecutionStatus;
  message?: string;
  parallelGroup?: string;
  /** A later RetryImage ran this stage again. */
  retried: boolean;
  totalStepCount: number;
  totalStepsSucceeded: number;
  totalStepsFailed: number;
  totalStepsSkipped: number;
  startMs: number;
  endMs?: number;
  /** Steps that have begun, in order. */
  steps: StepExecution[];
}

export interface WaitingStep {
  stepExecutionId: string;
  workflowExecutionId: string;
  workflowArn: string;
  name: string;
  action: string;
  startMs: number;
  inputs?: string;
}

/** Things a build makes in other services, each when it is there. Left behind by a build that fails. */
export type BuildArtifact = { atMs: number } & (
  | {
      kind: "instance-launched";
      instanceId: string;
      instanceType: string;
      imageId: string;
      purpose: WorkflowType;
    }
  | { kind: "instance-terminated"; instanceId: string }
  | {
      kind: "ami";
      ami: OutputAmi;
      distributed: boolean;
      distribution?: DistributionInput;
      sourceImage?: string;
    }
  | { kind: "container-pushed"; region: string; imageUris: string[] }
  | {
      kind: "launch-template-version";
      region: string;
      accountId: string;
      launchTemplateId: string;
      amiId: string;
      setDefaultVersion: boolean;
    }
  | {
      kind: "ssm-parameter";
      region: string;
      accountId: string;
      name: string;
      value: string;
      dataType: string;
    }
  | { kind: "s3-export"; region: string; bucket: string; key: string }
  | {
      kind: "command";
      commandId: string;
      instanceId: string;
      documentName: string;
      endMs: number;
      status: "Success" | "Failed" | "TimedOut" | "Cancelled";
      stdout: string;
      stderr: string;
    }
);

export interface OutputAmi {
  region: string;
  accountId: string;
  image: string;
  name: string;
  description?: string;
}

export interface BuildStateSnapshot {
  status: ImageStatus;
  reason?: string;
  failureContext?: FailureContext;
  /** outputResources as GetImage gives them: AMIs once distributed, else the build's own once made. */
  outputs: { amis: OutputAmi[]; containers: { region: string; imageUris: string[] }[] };
  /** No further change unless someone intervenes. */
  finished: boolean;
  /** When it ends if nobody intervenes; a waiting step counts with its timeout. */
  totalMs: number;
}

export interface BuildSnapshot extends BuildStateSnapshot {
  workflowExecutions: WorkflowExecution[];
  waitingSteps: WaitingStep[];
  artifacts: BuildArtifact[];
  /** Every state so far, for events: from and when. */
  transitions: { atMs: number; status: ImageStatus; reason?: string }[];
  /** The next moment at which this answer (not the log) changes; absent when finished. */
  nextChangeMs?: number;
}

export interface LogEvent {
  offsetMs: number;
  message: string;
}

export interface DocumentProblem {
  /** One sentence in the words of `awstoe validate`. */
  message: string;
  /** Where in the text, 1-based, when known. */
  line?: number;
}
