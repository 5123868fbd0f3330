import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { permits } from "@/lib/auth/permissions";
import type { ImageOwner } from "@/lib/core/resource-names";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { ownedImages, toImageSummary } from "./owned-images";
import { imageOwnerField } from "./schemas";
import type { ImageSummary } from "./types";

/** The images of an owner by name, each at its newest version. */
export async function listImageVersions({
  ctx,
  input,
}: UseCase<{ owner?: ImageOwner | undefined }>): Promise<ImageSummary[]> {
  await authorize(ctx, "list-image-versions");
  const owner = imageOwnerField.parse(input.owner);
  const images = await ownedImages(ctx, owner);
  return [...images]
    .flatMap(([name, versions]) => toImageSummary(name, versions) ?? [])
    .filter(({ name }) => owner !== "Self" || permits(ctx.actor, "get-image-versions", ctx.target.id, name))
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName));
}
