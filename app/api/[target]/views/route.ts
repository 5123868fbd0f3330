import { listViews } from "@/lib/bookmarks/list-views";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/views", (ctx, _, query) =>
  listViews({ ctx, input: { list: query.get("list") ?? "" } }),
);
