import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";

/** `ENABLED` or `DISABLED`; AWS may add values, which are shown as they are. */
export type PipelineStatus = "ENABLED" | "DISABLED" | (string & {});

/** What the pipeline produces. */
type ImageType = "AMI" | "DOCKER" | (string & {});

export type PipelineSchedule = {
  /** As AWS stores it: `cron(<6 fields>)` or `rate(<n> <unit>)`. */
  expression: string;
  /** IANA name; AWS's default is UTC. */
  timezone: string;
  startCondition:
    | "EXPRESSION_MATCH_ONLY"
    | "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"
    | (string & {});
  autoDisableFailureCount?: number;
  /** The schedule said in words, in its own zone. */
  words: string;
};

export type RecipeRef = {
  kind: "image-recipe" | "container-recipe";
  name: string;
  version: string;
  arn: string;
};

/** A build as a list of pipelines shows it. */
export type BuildMark = Pick<
  ImageBuildSummary,
  "name" | "version" | "build" | "status" | "createdAt" | "pipelineName"
>;

export type PipelineSummary = {
  arn: string;
  name: string;
  description?: string;
  status: PipelineStatus;
  type: ImageType;
  platform?: string;
  recipe: RecipeRef;
  /** Absent: the pipeline is started by hand only. */
  schedule?: PipelineSchedule;
  /** ISO 8601; absent when disabled or manual. */
  nextRunAt?: string;
  lastBuild?: BuildMark;
  /** False while AWS has not been asked for its builds yet: one of very many pipelines. */
  buildsAreRead: boolean;
  /** Equal results in a row, counted from the newest finished build. Absent before the first one. */
  streak?: { result: "good" | "bad"; count: number };
  /** Scheduled failures in a row, as AWS counts them for auto-disable. */
  consecutiveFailures?: number;
  tags: Record<string, string>;
};

export type Pipeline = PipelineSummary & {
  /** Newest first, at most 25. */
  recentBuilds: ImageBuildSummary[];
  createdAt?: string;
  updatedAt?: string;
  enhancedImageMetadata: boolean;
  imageTests: { enabled: boolean; timeoutMinutes?: number };
  imageScanningEnabled: boolean;
  executionRole?: string;
  workflowArns: string[];
  /** ISO 8601 instants of the next three runs, empty when disabled or manual. */
  nextRuns: string[];
  recipeDetail?: {
    parentImage: string;
    components: {
      arn: string;
      name: string;
      version: string;
      parameters: { name: string; value: string[] }[];
    }[];
    volumes: { deviceName: string; sizeGiB?: number; volumeType?: string; encrypted?: boolean }[];
    workingDirectory?: string;
  };
  infrastructure?: {
    arn: string;
    name: string;
    instanceProfileName?: string;
    instanceTypes: string[];
    subnetId?: string;
    securityGroupIds: string[];
    terminateInstanceOnFailure?: boolean;
    snsTopicArn?: string;
    keyPair?: string;
    logsBucket?: string;
  };
  distribution?: {
    arn: string;
    name: string;
    regions: {
      region: string;
      amiName?: string;
      accountIds: string[];
      launchTemplateIds: string[];
      repository?: string;
    }[];
  };
  /** A part that AWS refused to show, with the IAM action that is missing. */
  hidden: { part: "recipe" | "infrastructure" | "distribution"; reason: string }[];
};
