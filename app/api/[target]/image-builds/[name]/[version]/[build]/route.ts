import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]",
  (ctx, { target: _, ...key }) => getImageBuild({ ctx, input: key }),
);
