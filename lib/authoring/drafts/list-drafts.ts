import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { readDrafts } from "./stored-drafts";
import type { PipelineDraftSummary } from "./types";

/** Pipelines of the target that are not created yet, newest first. */
export async function listDrafts({ ctx }: UseCase): Promise<PipelineDraftSummary[]> {
  await authorize(ctx, "list-drafts");
  const drafts = await readDrafts(ctx);
  return drafts.map(({ id, updatedAt, updatedBy, content, creation }) => ({
    id,
    updatedAt,
    updatedBy,
    name: content.details.name,
    state: creation ? "creating" : "draft",
  }));
}
