import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { countScanFindings } from "@/lib/image-builder/image-contents/count-scan-findings";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/findings/counts",
  (ctx, { target: _, ...key }) => countScanFindings({ ctx, input: key }),
);
