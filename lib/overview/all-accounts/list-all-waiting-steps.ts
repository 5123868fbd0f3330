import "server-only";
import { orAfter } from "@/lib/core/clock";
import { waitingSteps } from "@/lib/image-builder/approvals/waiting-steps";
import { toConsoleError } from "@/lib/use-case/console-error";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AllWaitingSteps } from "../types";
import { contextsOfAll, sharedOverAll } from "./each-account";

/** An account whose AWS takes longer is said not to have answered, and does not hold up the others. */
const PATIENCE_MS = 4_000;

/** What waits for a person in every account that the caller may see. An account that fails costs its own rows. */
export const listAllWaitingSteps = useCase("list-all-waiting-steps", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "list-all-waiting-steps", async (): Promise<AllWaitingSteps> => {
    const read = await Promise.all(contextsOfAll(ctx, "list-waiting-steps").map(readOne));
    return {
      steps: read
        .flatMap(({ steps }) => steps)
        .toSorted((a, b) => (a.startedAt ?? "").localeCompare(b.startedAt ?? "")),
      unread: read.flatMap(({ unread }) => unread ?? []),
    };
  }),
);

type One = { steps: AllWaitingSteps["steps"]; unread?: AllWaitingSteps["unread"][number] };

async function readOne(ctx: UseCaseContext): Promise<One> {
  const { id: target, label } = ctx.target;
  const without = (reason: string): One => ({ steps: [], unread: { target, label, reason } });
  const asked = waitingSteps(ctx, { forLists: true }).then(
    (steps): One => ({ steps: steps.map((step) => ({ ...step, target })) }),
    (error: unknown) => without(toConsoleError(error).message),
  );
  return orAfter(PATIENCE_MS, asked, () => without("AWS hasn't answered yet."));
}
