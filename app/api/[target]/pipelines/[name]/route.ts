import { jsonRoute } from "@/lib/http/json-route";
import { getPipeline } from "@/lib/image-builder/pipelines/get-pipeline";

export const GET = jsonRoute<{ target: string; name: string }>(
  "/api/[target]/pipelines/[name]",
  (ctx, { name }) => getPipeline({ ctx, input: { name } }),
);
