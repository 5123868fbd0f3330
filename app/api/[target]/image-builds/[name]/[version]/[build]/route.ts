import { jsonRoute } from "@/lib/http/json-route";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>((ctx, { target: _, ...key }) =>
  getImageBuild({ ctx, input: key }),
);
