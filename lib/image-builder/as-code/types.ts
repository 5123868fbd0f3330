import type { BuildComponentInput } from "@/lib/image-builder/build-components/schemas";
import type { DistributionInput } from "@/lib/image-builder/distribution/schemas";
import type { InfrastructureInput } from "@/lib/image-builder/infrastructure/schemas";
import type { PipelineInput } from "@/lib/image-builder/pipelines/schemas";
import type { ContainerRecipeInput, ImageRecipeInput } from "@/lib/image-builder/recipes/schemas";

/** One resource as it is to be created, in the request's own shape. */
export type CodeResource =
  | { kind: "component"; arn: string; input: BuildComponentInput }
  | { kind: "image-recipe"; arn: string; input: ImageRecipeInput }
  | { kind: "container-recipe"; arn: string; input: ContainerRecipeInput }
  | { kind: "infrastructure-configuration"; arn: string; input: InfrastructureInput }
  | { kind: "distribution-configuration"; arn: string; input: DistributionInput }
  | { kind: "image-pipeline"; arn: string; input: PipelineInput };

export type CodeKind = CodeResource["kind"];

/** Members whose keys are the user's own and must not be re-cased. */
export const USER_KEYED_MEMBERS = new Set(["tags", "amiTags", "imageTags", "resourceTags"]);
