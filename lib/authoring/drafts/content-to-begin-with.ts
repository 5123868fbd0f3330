import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { rawJson } from "@/lib/aws/raw-json";
import { nameInArn } from "@/lib/core/arn";
import { cutText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey, ResourceKind } from "@/lib/core/resource-names";
import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { getPipeline } from "@/lib/image-builder/pipelines/get-pipeline";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { authorizeNames, maySee } from "@/lib/use-case/authorize-names";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { emptyDraft } from "./draft-plan";
import type { DraftOrigin } from "./schemas";
import type { DraftContent, Unchecked } from "./types";

type Origin = Exclude<DraftOrigin, { from: "nothing" | "template" }>;

const MAX_NAME = 128;

/**
 * What a draft begins with when it follows something that exists. `parts: "same"` uses the recipe, infrastructure
 * and distribution there are; `parts: "copied"` makes them anew under free names, every member prefilled.
 */
export async function contentToBeginWith(ctx: UseCaseContext, origin: Origin): Promise<DraftContent> {
  switch (origin.from) {
    case "recipe":
      return fromRecipe(ctx, origin);
    case "pipeline":
      return fromPipeline(ctx, origin.name, origin.parts);
    case "build":
      return fromBuild(ctx, origin.key);
  }
}

async function fromRecipe(
  ctx: UseCaseContext,
  { kind, arn, parts }: Extract<Origin, { from: "recipe" }>,
): Promise<DraftContent> {
  const name = await freeName(ctx, nameInArn(arn));
  return {
    ...emptyDraft(),
    details: { name },
    recipe:
      parts === "copied"
        ? copiedRecipe(kind, await readResource(ctx, kind, arn), name)
        : { use: "existing", kind, arn },
  };
}

/** All the pipeline's own settings, known to the console or not. */
async function fromPipeline(
  ctx: UseCaseContext,
  from: string,
  parts: "same" | "copied",
): Promise<DraftContent> {
  await getPipeline({ ctx, input: { name: from } });
  const { raw } = await findPipeline(ctx, from);
  const name = await freeName(ctx, `${from}-copy`);
  const { details, ...arns } = apart(raw as JsonObject);
  const { recipeKind, recipeArn, infrastructureArn, distributionArn } = arns;
  if (parts === "same") {
    return {
      ...emptyDraft(),
      details: { ...details, name },
      recipe: { use: "existing", kind: recipeKind, arn: recipeArn },
      infrastructure: { use: "existing", arn: infrastructureArn },
      distribution: distributionArn ? { use: "existing", arn: distributionArn } : { use: "none" },
    };
  }
  await authorizeNames(ctx, "create-draft", arns);
  const [recipe, infrastructure, distribution] = await Promise.all([
    readResource(ctx, recipeKind, recipeArn),
    readResource(ctx, "infrastructure-configuration", infrastructureArn),
    distributionArn ? readResource(ctx, "distribution-configuration", distributionArn) : undefined,
  ]);
  return {
    ...emptyDraft(),
    details: { ...details, name },
    ...copiedParts({ recipeKind, recipe, infrastructure, distribution }, name),
  };
}

/** The parts as this build had them, which may have changed since; the settings are those of its pipeline. */
async function fromBuild(ctx: UseCaseContext, key: ImageBuildKey): Promise<DraftContent> {
  const imageBuildVersionArn = arnOfBuild(ctx.target, key);
  await authorizeNames(ctx, "create-draft", imageBuildVersionArn);
  const answer = await ctx.aws.imageBuilder.read(new GetImageCommand({ imageBuildVersionArn }));
  const image = (rawJson(answer)?.image ?? {}) as JsonObject;
  const recipeKind = image.containerRecipe ? "container-recipe" : "image-recipe";
  const recipe = memberOf(image, recipeKind === "image-recipe" ? "imageRecipe" : "containerRecipe");
  if (!recipe) {
    throw new ConsoleFailure({
      code: "conflict",
      message: "This image was imported, so it has no recipe for a pipeline.",
    });
  }
  const from = typeof image.sourcePipelineName === "string" ? image.sourcePipelineName : key.name;
  const name = await freeName(ctx, `${from}-copy`);
  const ofPipeline = maySee(ctx, { kind: "image-pipeline", arn: "", name: from })
    ? await settingsOfPipeline(ctx, from)
    : undefined;
  const { imageTestsConfiguration, enhancedImageMetadataEnabled } = image;
  const asBuilt = { imageTestsConfiguration, enhancedImageMetadataEnabled } as DraftContent["details"];
  return {
    ...emptyDraft(),
    details: { ...(ofPipeline ?? asBuilt), name },
    ...copiedParts(
      {
        recipeKind,
        recipe,
        infrastructure: memberOf(image, "infrastructureConfiguration"),
        distribution: memberOf(image, "distributionConfiguration"),
      },
      name,
    ),
  };
}

async function settingsOfPipeline(
  ctx: UseCaseContext,
  name: string,
): Promise<DraftContent["details"] | undefined> {
  try {
    const { raw } = await findPipeline(ctx, name);
    return apart(raw as JsonObject).details;
  } catch (error) {
    // Builds outlive their pipeline.
    if (error instanceof ConsoleFailure && error.detail.code === "not-found") return undefined;
    throw error;
  }
}

/** A pipeline's own settings, and the ARNs of what it is made of. */
function apart(pipeline: JsonObject) {
  const {
    imageRecipeArn,
    containerRecipeArn,
    infrastructureConfigurationArn,
    distributionConfigurationArn,
    ...details
  } = toCreateInput("image-pipeline", pipeline);
  return {
    details: details as DraftContent["details"],
    recipeKind: containerRecipeArn ? ("container-recipe" as const) : ("image-recipe" as const),
    recipeArn: String(containerRecipeArn ?? imageRecipeArn ?? ""),
    infrastructureArn: String(infrastructureConfigurationArn ?? ""),
    distributionArn: distributionConfigurationArn && String(distributionConfigurationArn),
  };
}

function copiedParts(
  parts: {
    recipeKind: "image-recipe" | "container-recipe";
    recipe: JsonObject;
    infrastructure?: JsonObject;
    distribution?: JsonObject;
  },
  name: string,
): Pick<DraftContent, "recipe" | "infrastructure" | "distribution"> {
  const { recipeKind, recipe, infrastructure, distribution } = parts;
  return {
    recipe: copiedRecipe(recipeKind, recipe, name),
    infrastructure: infrastructure
      ? {
          use: "new",
          input: copied(
            "infrastructure-configuration",
            infrastructure,
            name,
          ) as Unchecked<InfrastructureInput>,
        }
      : emptyDraft().infrastructure,
    distribution: distribution
      ? {
          use: "new",
          input: copied("distribution-configuration", distribution, name) as Unchecked<DistributionInput>,
        }
      : { use: "none" },
  };
}

const copiedRecipe = (
  use: "image-recipe" | "container-recipe",
  recipe: JsonObject,
  name: string,
): DraftContent["recipe"] => {
  const input = { ...copied(use, recipe, name), semanticVersion: "1.0.0" };
  return { use, input } as Exclude<DraftContent["recipe"], { use: "existing" }>;
};

/** AWS's JSON is kept whole, members unknown to the console too. */
const copied = (kind: ResourceKind, content: JsonObject, name: string): JsonObject => ({
  ...toCreateInput(kind, content),
  name,
});

const memberOf = (content: JsonObject, member: string): JsonObject | undefined => {
  const value = content[member];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
};

/** `wanted`, or the first of `wanted-2`, `wanted-3` ... that no pipeline has. */
export async function freeName(ctx: UseCaseContext, wanted: string): Promise<string> {
  const { value: pipelines } = await unlessFailed(allPipelines(ctx), []);
  const taken = new Set(pipelines.map(({ name }) => name));
  const base = cutText(wanted, MAX_NAME - "-99".length);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  return name;
}
