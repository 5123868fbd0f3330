import type { ImageBuildKey } from "@/lib/core/resource-names";
import { fileRoute } from "@/lib/http/file-route";
import { exportScanFindings } from "@/lib/image-builder/image-contents/export-scan-findings";

export const GET = fileRoute<{ target: string } & ImageBuildKey>(async (ctx, { target: _, ...key }) => ({
  name: `findings-${key.name}-${key.version}-${key.build}.csv`,
  type: "text/csv; charset=utf-8",
  parts: await exportScanFindings({ ctx, input: key }),
}));
