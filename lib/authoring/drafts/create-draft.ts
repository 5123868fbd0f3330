import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Target } from "@/lib/core/target";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { contentToBeginWith, freeName } from "./content-to-begin-with";
import { emptyDraft } from "./draft-plan";
import { draftFromTemplate, type TemplateId } from "./draft-templates";
import { type DraftOrigin, draftOriginSchema } from "./schemas";
import { insertDraft } from "./stored-drafts";
import type { DraftContent } from "./types";

const inputSchema = z.object({ origin: draftOriginSchema });

/** Begins a draft: empty, from a template, or after a recipe, pipeline or build that exists. Gives its id. */
export const createDraft = useCase(
  "create-draft",
  inputSchema,
  async ({ ctx, input }): Promise<{ id: string }> => {
    const id = randomUUID();
    await insertDraft(ctx, id, await contentFrom(ctx, input.origin));
    return { id };
  },
);

async function contentFrom(ctx: UseCaseContext, origin: DraftOrigin): Promise<DraftContent> {
  if (origin.from === "nothing") return emptyDraft();
  if (origin.from === "template") return contentOfTemplate(ctx, origin.id);
  return contentToBeginWith(ctx, origin);
}

async function contentOfTemplate(ctx: UseCaseContext, id: TemplateId): Promise<DraftContent> {
  const name = await freeName(ctx, id);
  if (id !== "container-base") return draftFromTemplate(id, name, placeOf(ctx.target));
  // AWS refuses a recipe whose repository is not there, so the template takes one that is.
  const { choices } = await listChoices({ ctx, input: { kind: "repositories" } });
  return draftFromTemplate(id, name, placeOf(ctx.target), choices[0]?.value);
}

/** What planned ARNs of the target begin with. */
export const placeOf = ({ region, accountId }: Target) => ({
  region,
  accountId,
});
