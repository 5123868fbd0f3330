import "server-only";
import { randomUUID } from "node:crypto";
import { authorize } from "@/lib/auth/authorize";
import { parseImageBuilderArn, partitionOf } from "@/lib/aws/arn";
import type { JsonObject } from "../definitions/types";
import { toCreateInput } from "../definitions/writable-members";
import { findPipeline } from "../pipelines/find-pipeline";
import type { UseCase, UseCaseContext } from "../use-case-context";
import { emptyDraft } from "./draft-plan";
import { draftFromTemplate } from "./draft-templates";
import { type DraftOrigin, draftOriginSchema } from "./schemas";
import { insertDraft } from "./stored-drafts";
import type { DraftContent } from "./types";

/** Begins a draft: empty, from a template, as a copy of a pipeline, or around a recipe. Gives its id. */
export async function createDraft({ ctx, input }: UseCase<{ origin: DraftOrigin }>): Promise<{ id: string }> {
  await authorize(ctx, "create-draft");
  const id = randomUUID();
  await insertDraft(ctx, id, await contentFrom(ctx, draftOriginSchema.parse(input.origin)));
  return { id };
}

async function contentFrom(ctx: UseCaseContext, origin: DraftOrigin): Promise<DraftContent> {
  if (origin.from === "template") return draftFromTemplate(origin.id, origin.id, placeOf(ctx));
  if (origin.from === "recipe") {
    const { kind, arn } = origin;
    const name = parseImageBuilderArn(arn)?.name ?? "";
    return { ...emptyDraft(), details: { name }, recipe: { use: "existing", kind, arn } };
  }
  if (origin.from === "pipeline") return copyOf(ctx, origin.name);
  return emptyDraft();
}

/** Another pipeline of the same parts: all its own settings, known to the console or not. */
async function copyOf(ctx: UseCaseContext, name: string): Promise<DraftContent> {
  const { raw } = await findPipeline(ctx, name);
  const {
    imageRecipeArn,
    containerRecipeArn,
    infrastructureConfigurationArn = "",
    distributionConfigurationArn,
    ...details
  } = toCreateInput("image-pipeline", raw as JsonObject) as Record<string, never> & Record<string, string>;
  return {
    ...emptyDraft(),
    details: { ...details, name: `${name}-copy` },
    recipe: imageRecipeArn
      ? { use: "existing", kind: "image-recipe", arn: imageRecipeArn }
      : { use: "existing", kind: "container-recipe", arn: containerRecipeArn ?? "" },
    infrastructure: { use: "existing", arn: infrastructureConfigurationArn },
    distribution: distributionConfigurationArn
      ? { use: "existing", arn: distributionConfigurationArn }
      : { use: "none" },
  };
}

/** What planned ARNs of the target begin with. */
export const placeOf = ({ target: { region, accountId } }: UseCaseContext) => ({
  partition: partitionOf(region),
  region,
  accountId,
});
