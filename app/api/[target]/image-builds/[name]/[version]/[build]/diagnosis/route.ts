import { diagnoseImageBuild } from "@/lib/build-log/diagnose-image-build";
import { jsonRoute } from "@/lib/http/json-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target: _, ...key }) => (await diagnoseImageBuild({ ctx, input: key })) ?? null,
);
