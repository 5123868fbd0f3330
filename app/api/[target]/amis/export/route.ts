import { exportAmis } from "@/lib/fleet/amis/export-amis";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target: string }>(async (ctx, { target }) => ({
  name: `amis-${target}.csv`,
  type: "text/csv; charset=utf-8",
  parts: await exportAmis({ ctx }),
}));
