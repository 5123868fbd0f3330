import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { describeBaseImage } from "@/lib/image-builder/image-contents/describe-base-image";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/base-image",
  (ctx, { target: _, ...key }) => describeBaseImage({ ctx, input: key }),
);
