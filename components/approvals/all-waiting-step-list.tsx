"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { AccountMark } from "@/components/shell/target-names";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import type { AllWaitingSteps } from "@/lib/overview/types";
import { allWaitingStepsQuery } from "@/lib/queries/all-accounts";

/** What waits for a person in any account; each is decided on the page of its account. */
export function AllWaitingStepList() {
  const { data, error, refetch } = useQuery(allWaitingStepsQuery());
  return (
    <Card flush>
      {data ? (
        <>
          <div role="status">
            {data.unread.map(({ target, label, reason }) => (
              <p
                key={target}
                className="m-0 border-line border-b px-3.5 py-2 text-wait [overflow-wrap:anywhere]"
              >
                <span aria-hidden="true">! </span>
                {`Couldn't check ${label}. ${reason}`}
              </p>
            ))}
          </div>
          {data.steps.length > 0 ? (
            <ul aria-label="Waiting steps" className="m-0 list-none divide-y divide-line p-0">
              {data.steps.map((step) => (
                <WaitingRow key={`${step.target}/${step.stepExecutionId}`} step={step} />
              ))}
            </ul>
          ) : (
            <EmptyState
              title={data.unread.length > 0 ? "No pending approvals found" : "No pending approvals"}
            >
              A build waits here when its workflow has a WaitForAction step.
            </EmptyState>
          )}
        </>
      ) : error ? (
        <ReadFailure title="Couldn't load approvals" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading approvals" lines={4} />
      )}
    </Card>
  );
}

function WaitingRow({ step }: { step: AllWaitingSteps["steps"][number] }) {
  const { target, build, imageName, stepName, description, startedAt, expiresAt } = step;
  const number = `${build.version}/${build.build}`;
  return (
    <li className="grid gap-x-6 gap-y-3 px-3.5 py-3 md:grid-cols-[minmax(0,1fr)_auto] md:items-center">
      <div className="grid min-w-0 gap-1">
        <p className="m-0 flex flex-wrap items-center gap-x-2.5">
          <AccountMark target={target} />
          <b className="font-semibold [overflow-wrap:anywhere]">{stepName}</b>
        </p>
        {description && <p className="m-0 max-w-[80ch] text-ink-2 [overflow-wrap:anywhere]">{description}</p>}
        <p className="m-0 flex flex-wrap gap-x-4 text-ink-3 text-xs">
          <Link
            href={urls.imageBuild(target, build)}
            prefetch={false}
            className="text-ink-2 underline decoration-line-strong underline-offset-2"
          >
            {imageName} <span className="font-mono">{number}</span>
          </Link>
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
      <Link
        href={urls.approvals(target)}
        prefetch={false}
        aria-label={`Review ${stepName} of ${imageName} ${number}`}
        className={buttonClass()}
      >
        Review
      </Link>
    </li>
  );
}
