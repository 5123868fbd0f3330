import { listTokens } from "@/lib/api-tokens/list-tokens";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/api-tokens", (ctx) => listTokens({ ctx }));
