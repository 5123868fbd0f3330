import "server-only";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { PreflightSubject } from "./types";

/** The parts of a pipeline as JSON, whether they exist or stand in a form. */
export type PreflightParts = {
  recipe: JsonObject;
  recipeKind: "image-recipe" | "container-recipe";
  infrastructure: JsonObject;
  distribution: JsonObject;
  /** Settings of the pipeline itself, its workflows among them. */
  pipeline: JsonObject;
  /** Components that are going to be made with it. */
  newComponents: JsonObject[];
  /** What is going to be created, by kind: it needs room in the account's quotas. */
  creates: string[];
};

export async function readSubject(
  ctx: UseCaseContext,
  { name, draft }: PreflightSubject,
): Promise<PreflightParts> {
  if (!draft) {
    const { pipeline } = await findPipeline(ctx, name);
    const recipeKind = pipeline.containerRecipeArn ? "container-recipe" : "image-recipe";
    const recipeArn = pipeline.containerRecipeArn ?? pipeline.imageRecipeArn ?? "";
    const { infrastructureConfigurationArn = "", distributionConfigurationArn } = pipeline;
    const [recipe, infrastructure, distribution] = await Promise.all([
      readResource(ctx, recipeKind, recipeArn),
      readResource(ctx, "infrastructure-configuration", infrastructureConfigurationArn),
      distributionConfigurationArn
        ? readResource(ctx, "distribution-configuration", distributionConfigurationArn)
        : {},
    ]);
    return {
      recipe,
      recipeKind,
      infrastructure,
      distribution,
      pipeline: {
        workflows: pipeline.workflows,
        executionRole: pipeline.executionRole,
        imageScanningConfiguration: pipeline.imageScanningConfiguration,
        imageTestsConfiguration: pipeline.imageTestsConfiguration,
      } as unknown as JsonObject,
      newComponents: [],
      creates: [],
    };
  }

  const { recipe, components, infrastructure, distribution } = draft;
  const recipeKind = recipe.use === "existing" ? recipe.kind : recipe.use;
  const [recipeContent, infrastructureContent, distributionContent] = await Promise.all([
    recipe.use === "existing" ? existing(ctx, recipeKind, recipe.arn) : typed(recipe.input),
    infrastructure.use === "existing"
      ? existing(ctx, "infrastructure-configuration", infrastructure.arn)
      : typed(infrastructure.input),
    distribution.use === "existing"
      ? existing(ctx, "distribution-configuration", distribution.arn)
      : distribution.use === "new"
        ? typed(distribution.input)
        : {},
  ]);
  return {
    recipe: recipeContent,
    recipeKind,
    infrastructure: infrastructureContent,
    distribution: distributionContent,
    pipeline: typed(draft.details ?? {}),
    newComponents: components.map(typed),
    creates: [
      "Image pipelines",
      ...(recipe.use === "existing"
        ? []
        : [recipeKind === "image-recipe" ? "Image recipes" : "Container recipes"]),
      ...(components.length > 0 ? ["Components"] : []),
      ...(infrastructure.use === "new" ? ["Infrastructure configurations"] : []),
      ...(distribution.use === "new" ? ["Distribution configurations"] : []),
    ],
  };
}

const typed = (input: object) => withoutEmpty(input as JsonObject);

async function existing(
  ctx: UseCaseContext,
  kind: "image-recipe" | "container-recipe" | "infrastructure-configuration" | "distribution-configuration",
  arn: string,
): Promise<JsonObject> {
  return arn ? readResource(ctx, kind, arn) : {};
}
