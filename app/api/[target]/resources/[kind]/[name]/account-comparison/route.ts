import type { ResourceKind } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { compareAccounts } from "@/lib/image-builder/resources/compare-accounts";

export const GET = jsonRoute(
  "/api/[target]/resources/[kind]/[name]/account-comparison",
  (ctx, { kind, name }: { target: string; kind: string; name: string }, query) =>
    compareAccounts({
      ctx,
      input: {
        kind: kind as ResourceKind,
        name,
        version: query.get("version") ?? undefined,
        with: query.get("with") ?? "",
      },
    }),
);
