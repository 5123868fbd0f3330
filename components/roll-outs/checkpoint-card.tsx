import { RelativeTime } from "@/components/ui/relative-time";
import type { RollOutView } from "@/lib/fleet/roll-outs/types";
import { StepButton } from "./step-button";

/** The decision that waits at a checkpoint: its question, what happens if nobody decides, and the ways. */
export function CheckpointCard({
  target,
  rollOut,
  checkpoint,
}: {
  target: string;
  rollOut: RollOutView;
  checkpoint: NonNullable<RollOutView["checkpoint"]>;
}) {
  const { steps, left } = rollOut;
  return (
    <section
      aria-label="Checkpoint"
      className="flex flex-wrap items-center gap-3 rounded-lg border border-line border-l-4 border-l-wait bg-surface px-3.5 py-3 shadow-soft"
    >
      <div className="min-w-[min(100%,320px)] flex-1">
        <p className="m-0 font-semibold">
          Waiting at {checkpoint.percentage}%.
          {left !== undefined && ` Continue with the last ${left}?`}
        </p>
        <p className="m-0 text-ink-2">
          Here since <RelativeTime at={checkpoint.since} />. If nobody decides, AWS continues{" "}
          <RelativeTime at={checkpoint.until} />. <i>Continue now</i> ends this instance refresh and starts
          one for the rest; a roll-back of that one leaves what was replaced until here.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <StepButton target={target} rollOut={rollOut} step="rollBack" possible={steps.rollBack} />
        <StepButton
          target={target}
          rollOut={rollOut}
          step="cancel"
          label="Stop here"
          possible={steps.cancel}
        />
        <StepButton
          target={target}
          rollOut={rollOut}
          step="carryOn"
          label="Continue now"
          possible={steps.carryOn}
          isPrimary
        />
      </div>
    </section>
  );
}
