import type {
  Component,
  ContainerRecipe,
  DistributionConfiguration,
  ImagePipeline,
  ImageRecipe,
  InfrastructureConfiguration,
  LifecyclePolicy,
  Workflow,
} from "@aws-sdk/client-imagebuilder";

type Named<Row> = Row & { arn: string; name: string };
type Versioned<Row> = Named<Row> & { version: string; owner: string };

export type ComponentRow = Versioned<Component> & {
  data: string;
  platform: NonNullable<Component["platform"]>;
};
export type WorkflowRow = Versioned<Workflow> & { data: string; type: NonNullable<Workflow["type"]> };
export type ImageRecipeRow = Versioned<ImageRecipe> & { parentImage: string };
export type ContainerRecipeRow = Versioned<ContainerRecipe> & { parentImage: string };
export type InfrastructureRow = Named<InfrastructureConfiguration>;
export type DistributionRow = Named<DistributionConfiguration>;
export type PipelineRow = Named<ImagePipeline> & {
  infrastructureConfigurationArn: string;
  /** Epoch milliseconds up to which its schedule was followed. */
  scheduleCheckedAt: number;
  /** Scheduled failures before its last update no longer count. */
  failuresCountedFrom?: number;
};
export type LifecyclePolicyRow = Named<LifecyclePolicy>;
