import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { ImageOwner } from "@/lib/core/resource-names";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { dependentsOf } from "../resources/dependents-of";
import { ownedImages } from "./owned-images";
import { imageNameSchema } from "./schemas";
import type { RecipesOnImage } from "./types";

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
