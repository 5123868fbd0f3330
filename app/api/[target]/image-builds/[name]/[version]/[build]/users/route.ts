import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { findImageUsers } from "@/lib/image-builder/image-changes/find-image-users";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/users",
  (ctx, { target: _, ...key }) => findImageUsers({ ctx, input: key }),
);
