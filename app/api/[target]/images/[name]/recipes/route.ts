import type { ImageOwner } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { findRecipesOnImage } from "@/lib/image-builder/image-versions/find-recipes-on-image";

export const GET = jsonRoute<{ target: string; name: string }>(
  "/api/[target]/images/[name]/recipes",
  (ctx, { name }, query) =>
    // Whatever the address says: the use case parses it.
    findRecipesOnImage({
      ctx,
      input: { name, owner: (query.get("owner") ?? undefined) as ImageOwner | undefined },
    }),
);
