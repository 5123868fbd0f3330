import type { ImageBuildKey } from "@/lib/core/resource-names";

/** A step of a running build that goes on, or ends, when a person says so. */
export type WaitingStep = {
  stepExecutionId: string;
  build: ImageBuildKey;
  /** The image's name as the user wrote it. */
  imageName: string;
  pipelineName?: string;
  stepName: string;
  /** What the workflow's author wrote about the step. */
  description?: string;
  workflow: { type: string; name: string; version: string };
  /** ISO 8601. */
  startedAt?: string;
  /** When AWS stops waiting and fails the step. */
  expiresAt?: string;
};

export type WaitingStepAnswer = "RESUME" | "STOP";

/** AWS takes 1,024 characters; the rest of them is for the name of who answers. */
export const REASON_MAX_CHARACTERS = 800;
