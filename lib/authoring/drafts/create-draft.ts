import "server-only";
import { randomUUID } from "node:crypto";
import { authorize } from "@/lib/auth/authorize";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import type { UseCase, UseCaseContext } from "@/lib/use-case/use-case-context";
import { contentToBeginWith, freeName } from "./content-to-begin-with";
import { emptyDraft } from "./draft-plan";
import { draftFromTemplate, type TemplateId } from "./draft-templates";
import { type DraftOrigin, draftOriginSchema } from "./schemas";
import { insertDraft } from "./stored-drafts";
import type { DraftContent } from "./types";

/** Begins a draft: empty, from a template, or after a recipe, pipeline or build that exists. Gives its id. */
export async function createDraft({ ctx, input }: UseCase<{ origin: DraftOrigin }>): Promise<{ id: string }> {
  await authorize(ctx, "create-draft");
  const id = randomUUID();
  await insertDraft(ctx, id, await contentFrom(ctx, draftOriginSchema.parse(input.origin)));
  return { id };
}

async function contentFrom(ctx: UseCaseContext, origin: DraftOrigin): Promise<DraftContent> {
  if (origin.from === "nothing") return emptyDraft();
  if (origin.from === "template") return contentOfTemplate(ctx, origin.id);
  return contentToBeginWith(ctx, origin);
}

async function contentOfTemplate(ctx: UseCaseContext, id: TemplateId): Promise<DraftContent> {
  const name = await freeName(ctx, id);
  if (id !== "container-base") return draftFromTemplate(id, name, placeOf(ctx));
  // AWS refuses a recipe whose repository is not there, so the template takes one that is.
  const { choices } = await listChoices({ ctx, input: { kind: "repositories" } });
  return draftFromTemplate(id, name, placeOf(ctx), choices[0]?.value);
}

/** What planned ARNs of the target begin with. */
export const placeOf = ({ target: { region, accountId } }: UseCaseContext) => ({
  region,
  accountId,
});
