import "server-only";
import { z } from "zod";
import { imageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { draftContentSchema, draftIdField } from "./schemas";
import { readDraft, updateDraft } from "./stored-drafts";
import type { DraftContent } from "./types";

const inputSchema = z.object({ id: draftIdField, revision: z.int().min(1), content: draftContentSchema });

/**
 * Saves a draft as typed, right or wrong. Throws `conflict` when it was saved elsewhere since `revision`, or when
 * its creation has begun.
 */
export const saveDraft = useCase(
  "save-draft",
  inputSchema,
  async ({ ctx, input: { id, revision, content } }): Promise<{ revision: number }> => {
    if ((await readDraft(ctx, id)).creation) {
      throw new ConsoleFailure({
        code: "conflict",
        message:
          "This pipeline is being created. To change the draft, finish creation or delete the created resources.",
      });
    }
    return { revision: await updateDraft(ctx, { id, revision }, { content: content as DraftContent }) };
  },
  {
    halfTyped: true,
    standing: async ({ ctx, input: { id, content } }) => [
      (await readDraft(ctx, id)).content,
      // Components made in place are named by the ARN they are going to have, letter by letter.
      content.components.map(({ name, semanticVersion }) =>
        imageBuilderArn(ctx.target, "component", String(name ?? ""), String(semanticVersion ?? "")),
      ),
    ],
  },
);
