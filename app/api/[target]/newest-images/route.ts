import { jsonRoute } from "@/lib/http/json-route";
import { listImages } from "@/lib/overview/list-images";

export const GET = jsonRoute((ctx) => listImages({ ctx }));
