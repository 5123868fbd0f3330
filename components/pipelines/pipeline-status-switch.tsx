"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { showToast } from "@/components/ui/toasts";
import { setPipelineStatusAction } from "@/lib/actions/pipeline-actions";
import type { PipelineStatus } from "@/lib/image-builder/pipelines/types";

/** Turns the schedule on or off, after saying what that means. */
export function PipelineStatusSwitch({
  target,
  name,
  status,
}: {
  target: string;
  name: string;
  status: PipelineStatus;
}) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const isEnabled = status === "ENABLED";
  const verb = isEnabled ? "Disable" : "Enable";
  const send = async (wanted: "ENABLED" | "DISABLED") => {
    const result = await setPipelineStatusAction({ target, name, status: wanted });
    if (!result.ok) return result.error.message;
    await queries.invalidateQueries({ queryKey: ["pipelines", target] });
  };
  const change = () =>
    start(async () => {
      const refused = await send(isEnabled ? "DISABLED" : "ENABLED");
      if (refused !== undefined) return setRefusal(refused);
      setAsking(false);
      showToast({ text: `${verb}d ${name}.`, undo: () => send(isEnabled ? "ENABLED" : "DISABLED") });
    });
  return (
    <>
      <PermittedButton
        action="set-pipeline-status"
        resource={name}
        onClick={() => {
          setRefusal(undefined);
          setAsking(true);
        }}
      >
        {verb}
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`${verb} ${name}?`}
          confirmLabel={verb}
          keepLabel="Cancel"
          isBusy={isBusy}
          error={refusal}
          onConfirm={change}
          onClose={() => setAsking(false)}
        >
          {isEnabled
            ? "Scheduled builds stop. A build in progress continues, and you can still run the pipeline manually."
            : "Scheduled builds start again. AWS resets the count of consecutive failures."}
        </ConfirmDialog>
      )}
    </>
  );
}
