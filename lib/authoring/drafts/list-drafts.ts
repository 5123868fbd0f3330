import "server-only";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { readDrafts } from "./stored-drafts";
import type { PipelineDraftSummary } from "./types";

/** Pipelines of the target that are not created yet, newest first. */
export const listDrafts = useCase(
  "list-drafts",
  noInput,
  async ({ ctx }): Promise<PipelineDraftSummary[]> => {
    const drafts = await readDrafts(ctx);
    return drafts.map(({ id, updatedAt, updatedBy, content, creation }) => ({
      id,
      updatedAt,
      updatedBy,
      name: content.details.name,
      state: creation ? "creating" : "draft",
    }));
  },
);
