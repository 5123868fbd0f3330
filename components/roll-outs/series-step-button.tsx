"use client";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAskedFirst } from "@/components/ui/use-asked-first";
import {
  continueRollOutSeriesAction,
  endRollOutSeriesAction,
  skipSeriesGroupAction,
} from "@/lib/actions/roll-out-actions";
import type { Action } from "@/lib/auth/permissions";
import type { ActionResult } from "@/lib/core/failure";
import type { SeriesRow } from "@/lib/fleet/series/types";
import { nameOfPart } from "./series-words";

type Request = { target: string; id: string; position: number };
type Step = {
  action: Action;
  label: (name: string, isAgain: boolean) => string;
  keep: string;
  isDanger: boolean;
  isPrimary: boolean;
  run: (request: Request) => Promise<ActionResult<unknown>>;
  says: (name: string, series: SeriesRow) => string;
};

const STEPS: Record<"carryOn" | "skip" | "end", Step> = {
  carryOn: {
    action: "continue-roll-out-series",
    label: (name, isAgain) => (isAgain ? `Continue from ${name}` : `Start ${name}`),
    keep: "Not now",
    isDanger: false,
    isPrimary: true,
    run: continueRollOutSeriesAction,
    says: (name) =>
      `An instance refresh of ${name} is started with the version and the preferences that were planned. Instances that run that version already stay, unless skipping is off. The groups after it follow as their gates open.`,
  },
  skip: {
    action: "skip-series-group",
    label: (name) => `Skip ${name}`,
    keep: "Don't skip",
    isDanger: false,
    isPrimary: false,
    run: skipSeriesGroupAction,
    says: (name) =>
      `${name} stays as it is now and is not started in this roll-out again. The group after it then waits for a person.`,
  },
  end: {
    action: "end-roll-out-series",
    label: () => "End roll-out",
    keep: "Keep it",
    isDanger: true,
    isPrimary: false,
    run: ({ target, id }) => endRollOutSeriesAction({ target, id }),
    says: (_, { state }) =>
      `Groups that were not started stay as they are. ${state.is === "running" ? "The instance refresh in progress continues: cancel it on its own page. " : ""}What was replaced stays on the new version.`,
  },
};

/** A decision about a roll-out of several groups, asked about first. */
export function SeriesStepButton({
  target,
  series,
  step,
  position = 0,
}: {
  target: string;
  series: SeriesRow;
  step: keyof typeof STEPS;
  position?: number;
}) {
  const { action, label, keep, isDanger, isPrimary, run, says } = STEPS[step];
  const name = nameOfPart(series.parts[position]);
  const words = label(name, series.state.is === "stopped");
  const { isAsking, ask, dialog } = useAskedFirst({
    run: () => run({ target, id: series.id, position }),
    stale: ["roll-outs", target],
  });
  return (
    <>
      <PermittedButton action={action} variant={isPrimary ? "primary" : "secondary"} onClick={ask}>
        {words}
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`${words}?`}
          confirmLabel={words}
          keepLabel={keep}
          danger={isDanger}
          {...dialog}
        >
          {says(name, series)}
        </ConfirmDialog>
      )}
    </>
  );
}
