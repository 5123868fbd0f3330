import "server-only";
import { useCase } from "@/lib/use-case/use-case";
import { dependentsOf } from "../resources/dependents-of";
import { ownedImages } from "./owned-images";
import { imageNameSchema } from "./schemas";
import type { RecipesOnImage } from "./types";

/** The recipes whose base is any version of an image, followed or fixed. Nothing for an image that is not there. */
export const findRecipesOnImage = useCase(
  "find-recipes-on-image",
  imageNameSchema,
  async ({ ctx, input: { name, owner } }): Promise<RecipesOnImage> => {
    const [image] = (await ownedImages(ctx, owner)).get(name) ?? [];
    return image?.arn ? dependentsOf(ctx, { kind: "image", arn: image.arn, name }) : { usedBy: [] };
  },
);
