"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TextArea } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { answerWaitingStepAction } from "@/lib/actions/approval-actions";
import { urls } from "@/lib/core/urls";
import {
  REASON_MAX_CHARACTERS,
  type WaitingStep,
  type WaitingStepAnswer,
} from "@/lib/image-builder/approvals/types";

/** Asks for the reason and sends the answer; what AWS refuses is said here and the text stays. */
export function AnswerStepDialog({
  target,
  step,
  action,
  onClose,
  onAnswered,
}: {
  target: string;
  step: WaitingStep;
  action: WaitingStepAnswer;
  onClose: () => void;
  onAnswered: () => void;
}) {
  const queries = useQueryClient();
  const reasonId = useId();
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const isResume = action === "RESUME";
  const send = () =>
    start(async () => {
      const { build, stepExecutionId } = step;
      const result = await answerWaitingStepAction({ target, build, stepExecutionId, action, reason });
      if (!result.ok) return setRefusal(result.error.message);
      await queries.invalidateQueries({ queryKey: ["waiting-steps", target] });
      showToast({
        text: `${isResume ? "Approved" : "Rejected"} ${step.stepName}.`,
        link: { label: "View build", href: urls.imageBuild(target, step.build) },
      });
      onAnswered();
    });
  return (
    <ConfirmDialog
      title={`${isResume ? "Approve" : "Reject"} ${step.stepName}?`}
      confirmLabel={isResume ? "Approve" : "Reject"}
      keepLabel="Cancel"
      danger={!isResume}
      isBusy={isBusy}
      error={refusal}
      onConfirm={send}
      onClose={onClose}
    >
      <p className="mt-0 mb-3">
        {isResume
          ? `Build ${step.imageName} ${step.build.version}/${step.build.build} continues with its next step.`
          : "The step fails. The build fails too, unless the workflow continues after a failure."}{" "}
        AWS stores the comment with your name as an output of the step.
      </p>
      <label htmlFor={reasonId} className="mb-1 block font-medium text-ink">
        Comment {isResume && <span className="font-normal text-ink-3">optional</span>}
      </label>
      <TextArea
        id={reasonId}
        rows={3}
        maxLength={REASON_MAX_CHARACTERS}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  );
}
