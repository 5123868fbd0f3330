import { jsonRoute } from "@/lib/http/json-route";
import { findBuilds } from "@/lib/overview/find-builds";

export const GET = jsonRoute("/api/[target]/builds", (ctx, _segments, query) =>
  // Whatever the address says: the use case parses it.
  findBuilds({ ctx, input: Object.fromEntries(query) }),
);
