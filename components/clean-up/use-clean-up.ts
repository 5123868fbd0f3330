import { useState } from "react";
import { beginCleanUpAction, runCleanUpStepAction } from "@/lib/actions/clean-up-actions";
import type { Refusal } from "@/lib/core/failure";
import type { CleanUpPlan, PlannedThing } from "@/lib/fleet/clean-up/types";
import type { Progress } from "./clean-up-lists";
import { KIND_WORDS } from "./clean-up-words";

type Run = {
  /** What was confirmed; the page shows it while it runs and where it stopped. */
  plan?: CleanUpPlan;
  progress: Progress;
  isBusy: boolean;
  isDone: boolean;
  refusal?: Refusal;
  failedName?: string;
};

const NOTHING: Run = { progress: { gone: new Set() }, isBusy: false, isDone: false };

/** Removes the things of a plan one after another and stops at the first that fails. `onEnd` reads what is left. */
export function useCleanUp(
  target: string,
  name: string,
  onEnd: () => Promise<void>,
): Run & { start(plan: CleanUpPlan): Promise<void>; forget(): void } {
  const [run, setRun] = useState<Run>(NOTHING);

  const start = async (plan: CleanUpPlan) => {
    const gone = new Set<string>();
    setRun({ plan, progress: { gone }, isBusy: true, isDone: false });
    const stop = async (refusal: Refusal, thing?: PlannedThing) => {
      setRun({
        plan,
        progress: { gone: new Set(gone), failed: thing?.id },
        isBusy: false,
        isDone: false,
        refusal,
        failedName: thing ? `${KIND_WORDS[thing.kind][0]} ${thing.name}` : name,
      });
      await onEnd();
    };
    const begun = await beginCleanUpAction({ target, name });
    if (!begun.ok) return stop(begun.error);
    for (const thing of plan.goes) {
      setRun((now) => ({ ...now, progress: { gone: new Set(gone), current: thing.id } }));
      const removed = await runCleanUpStepAction({ target, name, id: thing.id });
      if (!removed.ok) return stop(removed.error, thing);
      gone.add(thing.id);
    }
    setRun({ plan, progress: { gone: new Set(gone) }, isBusy: false, isDone: true });
    await onEnd();
  };
  return { ...run, start, forget: () => setRun(NOTHING) };
}
