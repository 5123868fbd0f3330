import type { ResourceKind } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { listUsage } from "@/lib/overview/list-usage";

// The use case parses the kind: an address can hold anything.
export const GET = jsonRoute(
  "/api/[target]/usage/[kind]",
  (ctx, { kind }: { target: string; kind: string }) =>
    listUsage({ ctx, input: { kind: kind as ResourceKind } }),
);
