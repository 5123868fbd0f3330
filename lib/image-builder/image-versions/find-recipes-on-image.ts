import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { dependentsOf } from "../resources/dependents-of";
import type { UseCase } from "../use-case-context";
import { ownedImages } from "./owned-images";
import { imageNameSchema } from "./schemas";
import type { ImageOwner, RecipesOnImage } from "./types";

/** The recipes whose base is any version of an image, followed or fixed. Nothing for an image that is not there. */
export async function findRecipesOnImage({
  ctx,
  input,
}: UseCase<{ name: string; owner?: ImageOwner | undefined }>): Promise<RecipesOnImage> {
  await authorize(ctx, "find-recipes-on-image", input.name);
  const { name, owner } = imageNameSchema.parse(input);
  const [image] = (await ownedImages(ctx, owner)).get(name) ?? [];
  return image?.arn ? dependentsOf(ctx, { kind: "image", arn: image.arn, name }) : { usedBy: [] };
}
