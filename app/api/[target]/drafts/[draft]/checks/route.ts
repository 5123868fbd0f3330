import { checkDraft } from "@/lib/authoring/preflight/check-draft";
import { jsonRoute } from "@/lib/http/json-route";

/** What AWS says of one step of a draft, as it was saved last. */
export const GET = jsonRoute<{ target: string; draft: string }>(
  "/api/[target]/drafts/[draft]/checks",
  (ctx, { draft }, query) => checkDraft({ ctx, input: { id: draft, step: query.get("step") ?? "" } }),
);
