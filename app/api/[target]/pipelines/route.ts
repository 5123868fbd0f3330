import { jsonRoute } from "@/lib/http/json-route";
import { listPipelines } from "@/lib/overview/list-pipelines";

export const GET = jsonRoute((ctx) => listPipelines({ ctx }));
