import type { BuildComponentInput } from "@/lib/definitions/component-schemas";
import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { LifecyclePolicyInput } from "@/lib/definitions/lifecycle-schemas";
import type { PipelineInput } from "@/lib/definitions/pipeline-schemas";
import type { ContainerRecipeInput, ImageRecipeInput } from "@/lib/definitions/recipe-schemas";
import type { BuildWorkflowInput } from "@/lib/definitions/workflow-schemas";

/** One resource as it is to be created, in the request's own shape. */
export type CodeResource =
  | { kind: "component"; arn: string; input: BuildComponentInput }
  | { kind: "image-recipe"; arn: string; input: ImageRecipeInput }
  | { kind: "container-recipe"; arn: string; input: ContainerRecipeInput }
  | { kind: "infrastructure-configuration"; arn: string; input: InfrastructureInput }
  | { kind: "distribution-configuration"; arn: string; input: DistributionInput }
  | { kind: "image-pipeline"; arn: string; input: PipelineInput }
  | { kind: "lifecycle-policy"; arn: string; input: LifecyclePolicyInput }
  | { kind: "workflow"; arn: string; input: BuildWorkflowInput };

export type CodeKind = CodeResource["kind"];
