import { planCleanUp } from "@/lib/fleet/clean-up/plan-clean-up";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; name: string }>(
  "/api/[target]/pipelines/[name]/clean-up",
  (ctx, { name }) => planCleanUp({ ctx, input: { name } }),
);
