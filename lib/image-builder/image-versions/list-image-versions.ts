import "server-only";
import { z } from "zod";
import { permits } from "@/lib/auth/permissions";
import { useCase } from "@/lib/use-case/use-case";
import { ownedImages, toImageSummary } from "./owned-images";
import { imageOwnerField } from "./schemas";
import type { ImageSummary } from "./types";

/** The images of an owner by name, each at its newest version. */
export const listImageVersions = useCase(
  "list-image-versions",
  z.object({ owner: imageOwnerField }),
  async ({ ctx, input: { owner } }): Promise<ImageSummary[]> => {
    const images = await ownedImages(ctx, owner);
    return [...images]
      .flatMap(([name, versions]) => toImageSummary(name, versions) ?? [])
      .filter(({ name }) => owner !== "Self" || permits(ctx.actor, "get-image-versions", ctx.target.id, name))
      .toSorted((a, b) => a.displayName.localeCompare(b.displayName));
  },
);
