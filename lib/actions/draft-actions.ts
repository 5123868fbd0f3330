"use server";
import { beginCreation } from "@/lib/authoring/drafts/begin-creation";
import { createDraft } from "@/lib/authoring/drafts/create-draft";
import { discardDraft } from "@/lib/authoring/drafts/discard-draft";
import { removeCreated } from "@/lib/authoring/drafts/remove-created";
import { runCreationStep } from "@/lib/authoring/drafts/run-creation-step";
import { saveDraft } from "@/lib/authoring/drafts/save-draft";
import type { DraftOrigin } from "@/lib/authoring/drafts/schemas";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import type { ActionResult } from "@/lib/core/failure";
import { writeAction } from "./write-action";

/** Begins a draft: from nothing, a template, a pipeline or a recipe. */
export async function createDraftAction(request: {
  target: string;
  origin: DraftOrigin;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => createDraft({ ctx, input }));
}

/** Saves a draft as typed; refused when it was saved elsewhere since `revision`. */
export async function saveDraftAction(request: {
  target: string;
  id: string;
  revision: number;
  content: DraftContent;
}): Promise<ActionResult<{ revision: number }>> {
  return writeAction(request, (ctx, input) => saveDraft({ ctx, input }));
}

export async function discardDraftAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => discardDraft({ ctx, input }));
}

/** Fixes what is going to be created; creates nothing yet. */
export async function beginCreationAction(request: {
  target: string;
  id: string;
  revision: number;
}): Promise<ActionResult<PipelineDraft>> {
  return writeAction(request, (ctx, input) => beginCreation({ ctx, input }));
}

/** Runs the next write of a creation; how it ended stands in the draft. */
export async function runCreationStepAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<PipelineDraft>> {
  return writeAction(request, (ctx, input) => runCreationStep({ ctx, input }));
}

/** Deletes what a creation has made, last first. */
export async function removeCreatedAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<PipelineDraft>> {
  return writeAction(request, (ctx, input) => removeCreated({ ctx, input }));
}
