import type { ImageBuildKey } from "@/lib/core/resource-names";
import { getBuildStanding } from "@/lib/history/get-build-standing";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/standing",
  (ctx, { target: _, ...key }) => getBuildStanding({ ctx, input: key }),
);
