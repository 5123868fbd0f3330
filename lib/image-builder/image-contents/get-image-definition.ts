import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import { rawJson } from "@/lib/aws/raw-json";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { ImageDefinition } from "./types";

/** The recipe, infrastructure and distribution with which a build was made, whatever became of them since. */
export async function getImageDefinition({ ctx, input }: UseCase<ImageBuildKey>): Promise<ImageDefinition> {
  await authorize(ctx, "get-image-definition", input.name);
  const key = imageBuildKeySchema.parse(input);
  const command = new GetImageCommand({ imageBuildVersionArn: arnOfBuild(ctx.target, key) });
  const answer = await ctx.aws.imageBuilder.read(command, { freshForMs: 15_000 });
  const image = (rawJson(answer)?.image ?? {}) as Record<string, JsonObject | undefined>;
  return {
    recipe: image.imageRecipe ?? image.containerRecipe,
    infrastructure: image.infrastructureConfiguration,
    distribution: image.distributionConfiguration,
  };
}
