import { jsonRoute } from "@/lib/http/json-route";
import { listImages } from "@/lib/overview/list-images";

export const GET = jsonRoute("/api/[target]/newest-images", (ctx) => listImages({ ctx }));
