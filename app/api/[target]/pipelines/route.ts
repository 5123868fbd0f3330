import { jsonRoute } from "@/lib/http/json-route";
import { listPipelines } from "@/lib/image-builder/pipelines/list-pipelines";

export const GET = jsonRoute((ctx) => listPipelines({ ctx }));
