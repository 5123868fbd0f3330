import { compareBuildLogs } from "@/lib/build-log/compare-build-logs";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readBuildKey } from "@/lib/image-builder/image-builds/schemas";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/log/comparison",
  (ctx, { target: _, ...key }, query) =>
    compareBuildLogs({ ctx, input: { ...key, before: readBuildKey(query.get("with")) } }),
);
