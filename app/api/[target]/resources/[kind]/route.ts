import type { ResourceKind, ResourceOwner } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { listResources } from "@/lib/image-builder/resources/list-resources";

// The use case parses both: an address can hold anything.
export const GET = jsonRoute(
  "/api/[target]/resources/[kind]",
  (ctx, { kind }: { target: string; kind: string }, query) =>
    listResources({
      ctx,
      input: {
        kind: kind as ResourceKind,
        owner: (query.get("owner") ?? undefined) as ResourceOwner | undefined,
      },
    }),
);
