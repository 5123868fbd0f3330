import { jsonRoute } from "@/lib/http/json-route";
import { getUnansweredCall } from "@/lib/image-builder/targets/get-unanswered-call";

export const GET = jsonRoute("/api/[target]/unanswered", (ctx) => getUnansweredCall({ ctx }));
