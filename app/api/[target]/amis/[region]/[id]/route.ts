import { getAmi } from "@/lib/fleet/amis/get-ami";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; region: string; id: string }>((ctx, { region, id }) =>
  getAmi({ ctx, input: { region, amiId: id } }),
);
