import { jsonRoute } from "@/lib/http/json-route";
import { listImageBuilds } from "@/lib/overview/list-image-builds";

export const GET = jsonRoute("/api/[target]/image-builds", (ctx) => listImageBuilds({ ctx }));
