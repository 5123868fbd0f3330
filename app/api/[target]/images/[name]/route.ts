import type { ImageOwner } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { getImageVersions } from "@/lib/image-builder/image-versions/get-image-versions";

export const GET = jsonRoute<{ target: string; name: string }>(
  "/api/[target]/images/[name]",
  (ctx, { name }, query) =>
    // Whatever the address says: the use case parses it.
    getImageVersions({
      ctx,
      input: { name, owner: (query.get("owner") ?? undefined) as ImageOwner | undefined },
    }),
);
