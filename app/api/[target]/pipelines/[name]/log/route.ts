import { readPipelineLog } from "@/lib/build-log/pipeline-log/read-pipeline-log";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; name: string }>(
  "/api/[target]/pipelines/[name]/log",
  (ctx, { name }) => readPipelineLog({ ctx, input: { name } }),
);
