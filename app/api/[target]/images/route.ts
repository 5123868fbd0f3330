import type { ImageOwner } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { listImageVersions } from "@/lib/image-builder/image-versions/list-image-versions";

export const GET = jsonRoute("/api/[target]/images", (ctx, _segments, query) =>
  // Whatever the address says: the use case parses it.
  listImageVersions({ ctx, input: { owner: (query.get("owner") ?? undefined) as ImageOwner | undefined } }),
);
