import { jsonRoute } from "@/lib/http/json-route";
import { searchResources } from "@/lib/overview/search-resources";

export const GET = jsonRoute("/api/[target]/search", (ctx, _segments, query) =>
  searchResources({
    ctx,
    input: {
      text: query.get("text") ?? "",
      only: query.get("only") === "builds" ? "builds" : "everything",
    },
  }),
);
