import Link from "next/link";
import { PermittedButton } from "@/components/shell/permitted-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import type { WaitingStep, WaitingStepAnswer } from "@/lib/image-builder/approvals/types";

/** One waiting step: what it asks, in which build of which pipeline, since and until when. */
export function WaitingStepRow({
  target,
  step,
  onAnswer,
}: {
  target: string;
  step: WaitingStep;
  onAnswer: (action: WaitingStepAnswer) => void;
}) {
  const { build, imageName, pipelineName, stepName, description, workflow, startedAt, expiresAt } = step;
  const answering = { action: "answer-waiting-step", resource: build.name } as const;
  const number = `${build.version}/${build.build}`;
  return (
    <li className="grid gap-x-6 gap-y-3 px-3.5 py-3 md:grid-cols-[minmax(0,1fr)_auto] md:items-center">
      <div className="grid min-w-0 gap-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <b className="font-semibold [overflow-wrap:anywhere]">{stepName}</b>
          <StatusBadge tone="wait">waiting</StatusBadge>
        </div>
        {description && <p className="m-0 max-w-[80ch] text-ink-2 [overflow-wrap:anywhere]">{description}</p>}
        <p className="m-0 flex flex-wrap gap-x-4 gap-y-0.5 text-ink-3 text-xs">
          <span>
            build{" "}
            <Link
              href={urls.imageBuild(target, build)}
              prefetch={false}
              className="text-ink-2 underline decoration-line-strong underline-offset-2"
            >
              {imageName} <span className="font-mono">{number}</span>
            </Link>
          </span>
          {pipelineName && (
            <span>
              pipeline{" "}
              <Link
                href={urls.pipeline(target, pipelineName)}
                prefetch={false}
                className="text-ink-2 underline decoration-line-strong underline-offset-2"
              >
                {pipelineName}
              </Link>
            </span>
          )}
          <span>
            workflow {workflow.name} <span className="font-mono">{workflow.version}</span>
          </span>
          {startedAt && (
            <span>
              requested <RelativeTime at={startedAt} />
            </span>
          )}
          {expiresAt && (
            <span>
              expires <RelativeTime at={expiresAt} />
            </span>
          )}
        </p>
      </div>
      <div className="flex gap-2">
        <PermittedButton
          {...answering}
          aria-label={`Reject ${stepName} of ${imageName} ${number}`}
          onClick={() => onAnswer("STOP")}
        >
          Reject
        </PermittedButton>
        <PermittedButton
          {...answering}
          variant="primary"
          aria-label={`Approve ${stepName} of ${imageName} ${number}`}
          onClick={() => onAnswer("RESUME")}
        >
          Approve
        </PermittedButton>
      </div>
    </li>
  );
}
