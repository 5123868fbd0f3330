"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAskedFirst } from "@/components/ui/use-asked-first";
import {
  cancelRollOutAction,
  continueRollOutAction,
  returnRollOutAction,
  rollBackRollOutAction,
} from "@/lib/actions/roll-out-actions";
import type { Action } from "@/lib/auth/permissions";
import type { ActionResult } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { Possible, RollOutView } from "@/lib/fleet/roll-outs/types";
import { startText } from "./roll-out-words";

type Step = keyof RollOutView["steps"];
type Request = { target: string; id: string };

const STEPS: Record<
  Step,
  {
    action: Action;
    label: string;
    keep: string;
    isDanger: boolean;
    run: (request: Request) => Promise<ActionResult<{ id: string } | null>>;
    says: (rollOut: RollOutView) => string;
  }
> = {
  cancel: {
    action: "cancel-roll-out",
    label: "Cancel roll-out",
    keep: "Keep rolling out",
    isDanger: true,
    run: cancelRollOutAction,
    says: ({ before }) =>
      `AWS finishes the instances under way and replaces no more. What was replaced stays on the new version; the group stays set to version ${before.version}, so new instances start from that.`,
  },
  rollBack: {
    action: "roll-back-roll-out",
    label: "Roll back",
    keep: "Keep rolling out",
    isDanger: true,
    run: rollBackRollOutAction,
    says: ({ before, limits }) =>
      [`AWS replaces what this refresh started by ${startText(before)}.`, ...limits].join(" "),
  },
  carryOn: {
    action: "continue-roll-out",
    label: "Continue with the rest",
    keep: "Not now",
    isDanger: false,
    run: continueRollOutAction,
    says: ({ endedAt }) =>
      `${endedAt ? "Another instance refresh is started" : "This instance refresh is ended and another is started"} for the instances that don't run the new version yet. A roll-back of it covers only those.`,
  },
  turnBack: {
    action: "return-roll-out",
    label: "Return to the version before",
    keep: "Cancel",
    isDanger: false,
    run: returnRollOutAction,
    says: ({ before }) =>
      `Another roll-out replaces all instances that don't run ${startText(before)}, at the same pace and without checkpoints. When it succeeds, the group is set to that version.`,
  },
};

/** A step of a roll-out, asked about first; where it cannot be taken, the button says why not. */
export function StepButton({
  target,
  rollOut,
  step,
  possible,
  label,
  isPrimary = false,
}: {
  target: string;
  rollOut: RollOutView;
  step: Step;
  possible: Possible;
  label?: string;
  isPrimary?: boolean;
}) {
  const id = useId();
  const router = useRouter();
  const { action, keep, isDanger, run, says, ...words } = STEPS[step];
  const name = label ?? words.label;
  const { isAsking, ask, dialog } = useAskedFirst({
    run: () => run({ target, id: rollOut.id }),
    stale: ["roll-outs", target],
    onDone: (next) => next && router.push(urls.rollOut(target, next.id)),
  });
  return (
    <span className="group relative inline-flex">
      <PermittedButton
        action={action}
        variant={isPrimary ? "primary" : "secondary"}
        aria-disabled={possible.can ? undefined : true}
        aria-describedby={possible.can ? undefined : id}
        onClick={() => possible.can && ask()}
      >
        {name}
      </PermittedButton>
      {!possible.can && (
        <span
          id={id}
          role="tooltip"
          className="invisible absolute top-full right-0 z-30 mt-1 w-max max-w-[32ch] whitespace-normal rounded border border-line bg-surface px-2 py-1 text-left text-ink-2 text-xs shadow-soft group-focus-within:visible group-hover:visible"
        >
          {possible.why}
        </span>
      )}
      {isAsking && (
        <ConfirmDialog
          title={`${name}: ${rollOut.group}?`}
          confirmLabel={name}
          keepLabel={keep}
          danger={isDanger}
          {...dialog}
        >
          {says(rollOut)}
        </ConfirmDialog>
      )}
    </span>
  );
}
