import type {
  BuildType,
  ContainerRecipe,
  DistributionConfiguration,
  ImageRecipe,
  ImageScanningConfiguration,
  ImageSource,
  ImageTestsConfiguration,
  InfrastructureConfiguration,
  WorkflowConfiguration,
} from "@aws-sdk/client-imagebuilder";
import type { BuildFault, ImageType, Intervention, Platform, WorkflowType } from "../../factory/types";
import type { AmiWatermarks } from "../../wire/extensions";

/** The document a build runs, by its key in the store's documents. */
export interface UsedComponent {
  arn: string;
  document: string;
  parameters?: Record<string, string>;
}

export interface UsedWorkflow {
  arn: string;
  type: WorkflowType;
  document: string;
  parameters?: Record<string, string | number | boolean | string[]>;
  parallelGroup?: string;
  onFailure?: "Abort" | "Continue";
}

/**
 * One run. Only what went into it is kept: its status, steps, log and outputs follow from this row and the
 * time, so a build goes on wherever a restart finds it.
 */
export interface ImageBuildRow {
  arn: string;
  /** As the recipe spells it. */
  name: string;
  version: string;
  buildNumber: number;
  type: ImageType;
  platform: Platform;
  osVersion?: string;
  /** Epoch milliseconds. */
  startedAt: number;
  /** How much faster than life this build goes. */
  speed: number;
  buildType: BuildType;
  imageSource: ImageSource;
  pipeline?: { arn: string; name: string };
  imageRecipe?: ImageRecipe;
  containerRecipe?: ContainerRecipe;
  infrastructure: InfrastructureConfiguration;
  distribution?: DistributionConfiguration;
  tests: ImageTestsConfiguration;
  metadataEnabled: boolean;
  scanning?: ImageScanningConfiguration;
  workflows?: WorkflowConfiguration[];
  executionRole?: string;
  logGroupName?: string;
  tags: Record<string, string>;
  /** What the recipe named, and what it stood for when the build began. */
  parent: { reference: string; amiId?: string; imageArn?: string };
  components: UsedComponent[];
  /** What their ExecuteDocument steps name: document keys, null where there is nothing. */
  documents?: Record<string, string | null>;
  /** What their aws:ssm: references find: values of Parameter Store, null where there is none. */
  parameterValues?: Record<string, string | null>;
  usedWorkflows?: UsedWorkflow[];
  /** DistributeImage: the parent's AMI goes out as it is. */
  distributeOnly?: boolean;
  faults?: BuildFault[];
  interventions?: Intervention[];
  /** From before the simulator was set up: what it made elsewhere is not made again. */
  history?: boolean;
  /** What a lifecycle policy or StartResourceStateUpdate made of it after it was available. */
  lifecycle?: {
    status: "AVAILABLE" | "DEPRECATED" | "DISABLED" | "DELETED";
    executionId: string;
    reason?: string;
  };
  deprecationTime?: number;
}

/** The watermarks of a recipe, which the SDK's types do not know yet. */
export function watermarksOf({ imageRecipe }: ImageBuildRow): readonly string[] {
  return (imageRecipe as (ImageRecipe & AmiWatermarks) | undefined)?.amiWatermarks ?? [];
}
