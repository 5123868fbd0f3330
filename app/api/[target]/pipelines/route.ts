import { jsonRoute } from "@/lib/http/json-route";
import { listPipelines } from "@/lib/overview/list-pipelines";

export const GET = jsonRoute("/api/[target]/pipelines", (ctx) => listPipelines({ ctx }));
