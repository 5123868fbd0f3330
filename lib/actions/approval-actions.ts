"use server";
import type { ActionResult } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { answerWaitingStep } from "@/lib/image-builder/approvals/answer-waiting-step";
import type { WaitingStepAnswer } from "@/lib/image-builder/approvals/types";
import { writeAction } from "./write-action";

/** Resumes a waiting step or stops it; the reason goes to AWS with the caller's name. */
export async function answerWaitingStepAction(request: {
  target: string;
  build: ImageBuildKey;
  stepExecutionId: string;
  action: WaitingStepAnswer;
  reason?: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => answerWaitingStep({ ctx, input }));
}
