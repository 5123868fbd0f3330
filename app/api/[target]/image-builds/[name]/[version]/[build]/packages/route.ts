import { jsonRoute } from "@/lib/http/json-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { listImagePackages } from "@/lib/image-builder/image-contents/list-image-packages";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>((ctx, { target: _, ...key }) =>
  listImagePackages({ ctx, input: key }),
);
