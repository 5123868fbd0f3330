"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import type { WaitingStep, WaitingStepAnswer } from "@/lib/image-builder/approvals/types";
import { waitingStepsQuery } from "@/lib/queries/approvals";
import { AnswerStepDialog } from "./answer-step-dialog";
import { WaitingStepRow } from "./waiting-step-row";

type Asked = { step: WaitingStep; action: WaitingStepAnswer };

/** The inbox: every step that waits for a person, and the two answers AWS takes. */
export function WaitingStepList({ target }: { target: string }) {
  const { data: steps, error, refetch } = useQuery(waitingStepsQuery(target));
  const [asked, setAsked] = useState<Asked>();
  const [answered, setAnswered] = useState<Asked>();
  return (
    <div className="grid gap-4">
      <div role="status" className="empty:-mb-4">
        {answered && (
          <p className="m-0 rounded-lg border border-line bg-surface px-3.5 py-2.5">
            {answered.step.stepName} is {answered.action === "RESUME" ? "approved" : "rejected"}.{" "}
            <Link
              href={urls.imageBuild(target, answered.step.build)}
              prefetch={false}
              className="underline underline-offset-2"
            >
              Build {answered.step.build.name} {answered.step.build.version}/{answered.step.build.build}
            </Link>{" "}
            {answered.action === "RESUME"
              ? "continues."
              : "follows the failure setting of its workflow step."}
          </p>
        )}
      </div>
      <Card flush>
        {steps ? (
          steps.length > 0 ? (
            <ul aria-label="Waiting steps" className="m-0 list-none divide-y divide-line p-0">
              {steps.map((step) => (
                <WaitingStepRow
                  key={step.stepExecutionId}
                  target={target}
                  step={step}
                  onAnswer={(action) => setAsked({ step, action })}
                />
              ))}
            </ul>
          ) : (
            <EmptyState title="No pending approvals">
              A build waits here when its workflow has a WaitForAction step. Approve the step to continue the
              build, or reject it.
            </EmptyState>
          )
        ) : error ? (
          <ReadFailure title="Couldn't load approvals" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading approvals" lines={4} />
        )}
      </Card>
      {asked && (
        <AnswerStepDialog
          target={target}
          {...asked}
          onClose={() => setAsked(undefined)}
          onAnswered={() => {
            setAsked(undefined);
            setAnswered(asked);
          }}
        />
      )}
    </div>
  );
}
