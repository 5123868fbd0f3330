import { exportFleet } from "@/lib/fleet/groups/export-fleet";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target: string }>(async (ctx, { target }) => ({
  name: `fleet-${target}.csv`,
  type: "text/csv; charset=utf-8",
  parts: await exportFleet({ ctx }),
}));
