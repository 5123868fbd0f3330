import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { getImageSharing } from "@/lib/image-builder/image-changes/get-image-sharing";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/sharing",
  (ctx, { target: _, ...key }) => getImageSharing({ ctx, input: key }),
);
