import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { listImagePackages } from "@/lib/image-builder/image-contents/list-image-packages";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/packages",
  (ctx, { target: _, ...key }) => listImagePackages({ ctx, input: key }),
);
