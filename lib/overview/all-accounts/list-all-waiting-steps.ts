import "server-only";
import { waitingSteps } from "@/lib/image-builder/approvals/waiting-steps";
import { askEachAccount, sharedOverAll } from "@/lib/use-case/ask-each-account";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { AllWaitingSteps } from "../types";

/** What waits for a person in every account that the caller may see. An account that fails costs its own rows. */
export const listAllWaitingSteps = useCase("list-all-waiting-steps", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "list-all-waiting-steps", async (): Promise<AllWaitingSteps> => {
    const { answers, unread } = await askEachAccount(ctx, "list-waiting-steps", async (own) =>
      (await waitingSteps(own, { forLists: true })).map((step) => ({ ...step, target: own.target.id })),
    );
    return {
      steps: answers.flat().toSorted((a, b) => (a.startedAt ?? "").localeCompare(b.startedAt ?? "")),
      unread,
    };
  }),
);
