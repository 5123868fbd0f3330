import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { rawJson } from "@/lib/aws/raw-json";
import type { JsonObject } from "@/lib/definitions/types";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { ImageDefinition } from "./types";

/** The recipe, infrastructure and distribution with which a build was made, whatever became of them since. */
export const getImageDefinition = useCase(
  "get-image-definition",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<ImageDefinition> => {
    const command = new GetImageCommand({ imageBuildVersionArn: arnOfBuild(ctx.target, key) });
    const answer = await ctx.aws.imageBuilder.read(command, { freshForMs: 15_000 });
    const image = (rawJson(answer)?.image ?? {}) as Record<string, JsonObject | undefined>;
    return {
      recipe: image.imageRecipe ?? image.containerRecipe,
      infrastructure: image.infrastructureConfiguration,
      distribution: image.distributionConfiguration,
    };
  },
);
