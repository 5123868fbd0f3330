import { jsonRoute } from "@/lib/http/json-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { findImageUsers } from "@/lib/image-builder/image-changes/find-image-users";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>((ctx, { target: _, ...key }) =>
  findImageUsers({ ctx, input: key }),
);
