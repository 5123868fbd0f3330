import { previewTemplateCopy } from "@/lib/fleet/launch-configurations/preview-template-copy";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/template-copy", (ctx, _segments, query) =>
  previewTemplateCopy({
    ctx,
    input: { region: query.get("region") ?? "", group: query.get("group") ?? "" },
  }),
);
