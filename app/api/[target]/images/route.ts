import { jsonRoute } from "@/lib/http/json-route";
import { listImageVersions } from "@/lib/image-builder/image-versions/list-image-versions";
import type { ImageOwner } from "@/lib/image-builder/image-versions/types";

export const GET = jsonRoute((ctx, _segments, query) =>
  // Whatever the address says: the use case parses it.
  listImageVersions({ ctx, input: { owner: (query.get("owner") ?? undefined) as ImageOwner | undefined } }),
);
