import { fileRoute } from "@/lib/http/file-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { exportScanFindings } from "@/lib/image-builder/image-contents/export-scan-findings";

export const GET = fileRoute<{ target: string } & ImageBuildKey>(async (ctx, { target: _, ...key }) => ({
  name: `findings-${key.name}-${key.version}-${key.build}.csv`,
  type: "text/csv; charset=utf-8",
  parts: await exportScanFindings({ ctx, input: key }),
}));
