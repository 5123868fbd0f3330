import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import type { WaitingStep } from "./types";
import { waitingSteps } from "./waiting-steps";

/** The steps of running builds that wait for a person, longest waiting first. */
export async function listWaitingSteps({ ctx }: UseCase): Promise<WaitingStep[]> {
  await authorize(ctx, "list-waiting-steps");
  return waitingSteps(ctx);
}
