import { jsonRoute } from "@/lib/http/json-route";
import { visitDraft } from "@/lib/image-builder/pipeline-drafts/visit-draft";

/** Asking is what shows that a window has the draft open. */
export const GET = jsonRoute<{ target: string; draft: string }>((ctx, { draft }, query) =>
  visitDraft({ ctx, input: { id: draft, windowId: query.get("window") ?? "" } }),
);
