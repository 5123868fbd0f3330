import { jsonRoute } from "@/lib/http/json-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { getImageSharing } from "@/lib/image-builder/image-changes/get-image-sharing";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>((ctx, { target: _, ...key }) =>
  getImageSharing({ ctx, input: key }),
);
