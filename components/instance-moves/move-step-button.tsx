"use client";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAskedFirst } from "@/components/ui/use-asked-first";
import {
  copyMoveAmiAction,
  createMoveAmiAction,
  endMoveAction,
  launchMovedInstanceAction,
  stopMovedInstanceAction,
} from "@/lib/actions/move-actions";
import type { Action } from "@/lib/auth/permissions";
import type { ActionResult } from "@/lib/core/failure";
import type { MoveView } from "@/lib/fleet/moves/types";

type Step = "ami" | "copy" | "launch" | "stop" | "end";

const STEPS: Record<
  Step,
  {
    action: Action;
    label: string;
    keep: string;
    isDanger?: boolean;
    run: (request: { target: string; id: string }) => Promise<ActionResult<unknown>>;
    says: (move: MoveView) => string;
  }
> = {
  ami: {
    action: "create-move-ami",
    label: "Create the AMI",
    keep: "Not now",
    run: createMoveAmiAction,
    says: ({ instanceId, reboot, old }) =>
      old.state === "stopped"
        ? `AWS creates an AMI of ${instanceId}, which stays stopped.`
        : reboot
          ? `AWS reboots ${instanceId} and creates an AMI of it. It is down for a moment.`
          : `AWS creates an AMI of ${instanceId} while it runs. What is in memory or not written to its volumes yet is missing from the AMI.`,
  },
  copy: {
    action: "copy-move-ami",
    label: "Copy the AMI",
    keep: "Not now",
    run: copyMoveAmiAction,
    says: ({ destination: { region, keyId } }) =>
      `AWS copies the AMI to ${region}, ${keyId ? `encrypted with ${keyId}` : "with the Region’s default key where it is encrypted"}. Moving data between Regions costs money.`,
  },
  launch: {
    action: "launch-moved-instance",
    label: "Launch the instance",
    keep: "Not now",
    run: launchMovedInstanceAction,
    says: ({ instanceId, destination: { instanceType, subnetId } }) =>
      `AWS starts one ${instanceType} in ${subnetId}, with the tags and instance profile of ${instanceId}. ${instanceId} keeps running: both may do the same work until you stop it.`,
  },
  stop: {
    action: "stop-moved-instance",
    label: "Stop the old instance",
    keep: "Keep it running",
    isDanger: true,
    run: stopMovedInstanceAction,
    says: ({ instanceId }) =>
      `AWS stops ${instanceId}, and the move ends. Its volumes stay and it can be started again; data on instance store volumes is lost, and a public IP address that isn't an Elastic IP address changes.`,
  },
  end: {
    action: "end-move",
    label: "End the move",
    keep: "Keep going",
    isDanger: true,
    run: endMoveAction,
    says: ({ ami, copy, launched }) => {
      const stays = [ami?.amiId, copy?.amiId, launched?.instanceId].filter(Boolean);
      return stays.length > 0
        ? `Nothing is removed: ${stays.join(", ")} stay and cost money, and the old instance stays as it is.`
        : "Nothing has been created yet. The instance is unchanged.";
    },
  },
};

/** Takes a step of a move, after saying what it does. */
export function MoveStepButton({
  target,
  move,
  step,
  isAgain = false,
}: {
  target: string;
  move: MoveView;
  step: Step;
  /** After it failed. */
  isAgain?: boolean;
}) {
  const { action, label, keep, isDanger = false, run, says } = STEPS[step];
  const { isAsking, ask, dialog } = useAskedFirst({
    run: () => run({ target, id: move.id }),
    stale: ["moves", target],
  });
  return (
    <>
      <PermittedButton action={action} variant={step === "end" ? "secondary" : "primary"} onClick={ask}>
        {isAgain ? `${label} again` : label}
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`${label}?`}
          confirmLabel={label}
          keepLabel={keep}
          danger={isDanger}
          {...dialog}
        >
          {says(move)}
        </ConfirmDialog>
      )}
    </>
  );
}
