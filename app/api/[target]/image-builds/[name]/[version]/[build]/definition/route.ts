import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { getImageDefinition } from "@/lib/image-builder/image-contents/get-image-definition";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/definition",
  (ctx, { target: _, ...key }) => getImageDefinition({ ctx, input: key }),
);
