import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readBuildKey } from "@/lib/image-builder/image-builds/schemas";
import { compareImageBuilds } from "@/lib/image-builder/image-contents/compare-image-builds";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/comparison",
  (ctx, { target: _, ...key }, query) =>
    compareImageBuilds({ ctx, input: { ...key, before: readBuildKey(query.get("with")) } }),
);
