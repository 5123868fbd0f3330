import type { BuildComponentInput } from "@/lib/definitions/component-schemas";
import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { PipelineInput } from "@/lib/definitions/pipeline-schemas";
import type { ContainerRecipeInput, ImageRecipeInput } from "@/lib/definitions/recipe-schemas";

/** The wizard's steps, in order; each is a page of its own: `/pipelines/new/<draft>/<step>`. */
export const WIZARD_STEPS = ["details", "recipe", "infrastructure", "distribution", "review"] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** The pipeline's own fields; what it refers to is said by the other parts of the draft. */
type PipelineDetails = Omit<
  PipelineInput,
  "imageRecipeArn" | "containerRecipeArn" | "infrastructureConfigurationArn" | "distributionConfigurationArn"
>;

/** Fields are kept as typed, right or wrong: a draft loses nothing. */
export type Unchecked<Input> = { [Field in keyof Input]?: Input[Field] };

export type DraftContent = {
  details: Unchecked<PipelineDetails>;
  recipe:
    | { use: "existing"; kind: "image-recipe" | "container-recipe"; arn: string }
    | { use: "image-recipe"; input: Unchecked<ImageRecipeInput> }
    | { use: "container-recipe"; input: Unchecked<ContainerRecipeInput> };
  /** Components made in place; the recipe names them by the ARN they are going to have. */
  components: Unchecked<BuildComponentInput>[];
  infrastructure: { use: "existing"; arn: string } | { use: "new"; input: Unchecked<InfrastructureInput> };
  distribution:
    | { use: "none" }
    | { use: "existing"; arn: string }
    | { use: "new"; input: Unchecked<DistributionInput> };
};

/** One write of a creation, in the order they run. */
export type CreationStep = {
  kind:
    | "component"
    | "image-recipe"
    | "container-recipe"
    | "infrastructure-configuration"
    | "distribution-configuration"
    | "image-pipeline";
  name: string;
  /** What the resource's ARN is going to be, by which others of the draft refer to it. */
  plannedArn: string;
  /** AWS's idempotency token: the same write twice makes one resource. */
  clientToken: string;
  state: "waiting" | "running" | "done" | "failed" | "removed";
  /** As AWS answered. */
  arn?: string;
  error?: { message: string; fields?: Record<string, string>; missingAction?: string };
};

export type PipelineDraft = {
  id: string;
  target: string;
  /** Counts the saves; a save that builds on an older one is refused, so that two people notice each other. */
  revision: number;
  content: DraftContent;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
  /** Present once Create was pressed. */
  creation?: CreationStep[];
};

/** Who beside the asking window has a draft open, and whether it was saved meanwhile. */
export type DraftCompany = Pick<PipelineDraft, "revision" | "updatedAt" | "updatedBy"> & {
  /** Each person once; `isYou` is another window of the same person. */
  others: { name: string; isYou: boolean }[];
};

type PipelineDraftSummary = Pick<PipelineDraft, "id" | "updatedAt" | "updatedBy"> & {
  name?: string;
  state: "draft" | "creating";
  /** Whole days until it is deleted unless somebody changes it; absent once a creation has begun. */
  daysLeft?: number;
};

/** The newest drafts; `left` more are not among them. */
export type DraftList = { drafts: PipelineDraftSummary[]; left: number };
