import { listTokens } from "@/lib/api-tokens/list-tokens";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx) => listTokens({ ctx }));
