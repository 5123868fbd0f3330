import { visitDraft } from "@/lib/authoring/drafts/visit-draft";
import { jsonRoute } from "@/lib/http/json-route";

/** Asking is what shows that a window has the draft open. */
export const GET = jsonRoute<{ target: string; draft: string }>(
  "/api/[target]/drafts/[draft]/company",
  (ctx, { draft }, query) => visitDraft({ ctx, input: { id: draft, windowId: query.get("window") ?? "" } }),
);
