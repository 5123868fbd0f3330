import { jsonRoute } from "@/lib/http/json-route";
import { listImageBuilds } from "@/lib/overview/list-image-builds";

export const GET = jsonRoute((ctx) => listImageBuilds({ ctx }));
