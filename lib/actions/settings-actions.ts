"use server";
import type { ActionResult } from "@/lib/core/failure";
import { removeTarget } from "@/lib/settings/remove-target";
import { saveTarget } from "@/lib/settings/save-target";
import { writeAction } from "./write-action";

/** Adds an account and Region to the console, or changes one that was added; AWS is asked first. */
export async function saveTargetAction(request: {
  target: string;
  id: string;
  label: string;
  accountId: string;
  region: string;
  roleArn?: string;
  externalId?: string;
  environment?: string;
  cloudWatchPipelines?: number;
  isChange?: boolean;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => saveTarget({ ctx, input }));
}

/** Stops serving an account that was added. */
export async function removeTargetAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => removeTarget({ ctx, input }));
}
