import { listFavorites } from "@/lib/bookmarks/list-favorites";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/favorites", (ctx) => listFavorites({ ctx }));
