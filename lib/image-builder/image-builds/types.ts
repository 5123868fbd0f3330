import type { ImageBuildKey } from "@/lib/core/resource-names";
/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImageState.html; unknown values are data. */
export type ImageBuildStatus =
  | "PENDING"
  | "CREATING"
  | "BUILDING"
  | "TESTING"
  | "DISTRIBUTING"
  | "INTEGRATING"
  | "AVAILABLE"
  | "CANCELLED"
  | "FAILED"
  | "DEPRECATED"
  | "DELETED"
  | "DISABLED"
  | (string & {});

export type OutputAmi = {
  region: string;
  accountId?: string;
  amiId: string;
  name?: string;
  description?: string;
};
export type OutputContainer = { region: string; imageUris: string[] };

export type ImageBuildSummary = ImageBuildKey & {
  arn: string;
  /** The image's name as the user wrote it. */
  displayName: string;
  status: ImageBuildStatus;
  reason?: string;
  /** ISO 8601. */
  createdAt: string;
  buildType?: "USER_INITIATED" | "SCHEDULED" | "IMPORT" | "IMPORT_ISO" | (string & {});
  type: "AMI" | "DOCKER" | (string & {});
  platform?: string;
  osVersion?: string;
  amis: OutputAmi[];
  containers: OutputContainer[];
  pipelineName?: string;
};

export type StageName = "Create" | "Build" | "Test" | "Distribute" | "Integrate";

/** One segment of the timeline. */
export type BuildStage = {
  name: StageName;
  state: "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
  startedAt?: string;
  endedAt?: string;
};

export type WorkflowStep = {
  id: string;
  name: string;
  action: string;
  /** WorkflowStepExecutionStatus; unknown values are shown as they are. */
  status: string;
  rollbackStatus?: string;
  message?: string;
  startedAt?: string;
  endedAt?: string;
  attempt?: { number: number; max: number };
};

export type WorkflowExecution = {
  id: string;
  type: "BUILD" | "TEST" | "DISTRIBUTION" | (string & {});
  workflowArn: string;
  /** WorkflowExecutionStatus. */
  status: string;
  message?: string;
  /** Superseded by a retry. */
  retried: boolean;
  startedAt?: string;
  endedAt?: string;
  steps: WorkflowStep[];
};

/** What AWS says failed: https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-failure-context.html */
export type FailureContext = {
  stage?: string;
  workflowArn?: string;
  workflowExecutionId?: string;
  failedStep?: string;
  stepExecutionId?: string;
  component?: { arn?: string; phase?: string; step?: string; action?: string; error?: string };
  distribution?: {
    error?: string;
    regions: { region: string; accountId?: string; status?: string; step?: string; error?: string }[];
  };
};

export type ImageBuild = ImageBuildSummary & {
  stages: BuildStage[];
  workflows: WorkflowExecution[];
  failure?: FailureContext;
  log: { group: string; stream: string };
  recipe?: { kind: "image-recipe" | "container-recipe"; name: string; version: string };
  /** Name of the configuration it was built with, and of the one that distributed it. */
  infrastructure?: string;
  distribution?: string;
  parentImage?: string;
  endedAt?: string;
  durationMs?: number;
  tags: Record<string, string>;
  components: { arn: string; name: string; version: string }[];
  /** What the infrastructure configuration asks for; empty where AWS chooses. */
  instanceTypes: string[];
  /** Which of them the distribution gives a version with the new AMI. */
  launchTemplates: { region: string; launchTemplateId: string }[];
  /** All volumes that the recipe sizes. */
  volumeGiB?: number;
  /** Whether Amazon Inspector looks at it. */
  isScanned: boolean;
  hidden: { part: "workflows" | "recipe"; reason: string }[];
};
