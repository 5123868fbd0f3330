import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { listScanFindings } from "@/lib/image-builder/image-contents/list-scan-findings";

export const GET = jsonRoute<{ target: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/findings",
  (ctx, { target: _, ...key }) => listScanFindings({ ctx, input: key }),
);
