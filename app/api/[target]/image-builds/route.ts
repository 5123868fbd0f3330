import { jsonRoute } from "@/lib/http/json-route";
import { listImageBuilds } from "@/lib/image-builder/image-builds/list-image-builds";

export const GET = jsonRoute((ctx) => listImageBuilds({ ctx }));
