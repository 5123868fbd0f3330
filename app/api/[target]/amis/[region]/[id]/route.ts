import { getAmi } from "@/lib/fleet/amis/get-ami";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; region: string; id: string }>(
  "/api/[target]/amis/[region]/[id]",
  (ctx, { region, id }) => getAmi({ ctx, input: { region, amiId: id } }),
);
