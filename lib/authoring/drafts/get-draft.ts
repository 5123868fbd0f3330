import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { draftIdField } from "./schemas";
import { readDraft } from "./stored-drafts";
import type { PipelineDraft } from "./types";

const NO_DRAFT = "00000000-0000-0000-0000-000000000000";

/** A draft as it was saved last. Throws `not-found`. */
export const getDraft = useCase(
  "get-draft",
  z.object({ id: z.string() }),
  async ({ ctx, input }): Promise<PipelineDraft> => {
    // An address that can be no draft's is answered as one whose draft is gone.
    return readDraft(ctx, draftIdField.safeParse(input.id).data ?? NO_DRAFT);
  },
);
