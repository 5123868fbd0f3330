import { diagnoseImageBuild } from "@/lib/build-log/diagnose-image-build";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/diagnosis",
  async (ctx, { target: _, ...key }) => (await diagnoseImageBuild({ ctx, input: key })) ?? null,
);
