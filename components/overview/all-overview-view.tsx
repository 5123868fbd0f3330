"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import type { AllOverview, AllWaitingSteps, Attention } from "@/lib/overview/types";
import { allOverviewQuery, allWaitingStepsQuery } from "@/lib/queries/all-accounts";
import { AccountsCard } from "./accounts-card";
import { BuildActivity } from "./build-activity";
import { FailureCauses } from "./failure-causes";
import { NeedsAttention } from "./needs-attention";
import { OverviewTiles } from "./overview-tiles";
import { RunningBuilds } from "./running-builds";

/** Every account at a glance, from the history: what needs somebody, what runs, and where each account stands. */
export function AllOverviewView() {
  const { data: overview, error, refetch } = useQuery(allOverviewQuery());
  const waiting = useQuery(allWaitingStepsQuery());
  if (!overview)
    return (
      <Card flush>
        {error ? (
          <ReadFailure title="Couldn't load the overview" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading the overview" lines={12} />
        )}
      </Card>
    );
  const shown = withWaiting(overview, waiting.data);
  return (
    <>
      <p className="m-0 mb-3 text-ink-3 text-xs">
        From the history. Disabled pipelines and schedules are checked on the page of each account.
      </p>
      <OverviewTiles target={ALL_ACCOUNTS} overview={shown} />
      <div className="mb-4">
        <NeedsAttention target={ALL_ACCOUNTS} overview={shown} />
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 content-start gap-4">
          <BuildActivity target={ALL_ACCOUNTS} overview={overview} />
          <FailureCauses target={ALL_ACCOUNTS} days={overview.days.length} />
        </div>
        <div className="grid min-w-0 content-start gap-4">
          <AccountsCard accounts={overview.accounts} days={overview.days.length} />
          <RunningBuilds target={ALL_ACCOUNTS} running={overview.running} asOf={overview.freshness.asOf} />
        </div>
      </div>
    </>
  );
}

/** Steps that wait, which AWS alone knows, among what the history says; failures come before them. */
function withWaiting(overview: AllOverview, waiting: AllWaitingSteps | undefined): AllOverview {
  if (!waiting) return overview;
  const rows = waiting.steps.map((step): Attention => ({ ...step, kind: "waiting", since: step.startedAt }));
  const isBusy = (row: Attention) =>
    rows.some((own) => own.target === row.target && own.pipelineName === row.pipelineName);
  const others = overview.attention.filter((row) => !isBusy(row));
  return {
    ...overview,
    attention: [
      ...others.filter(({ kind }) => kind === "failing"),
      ...rows,
      ...others.filter(({ kind }) => kind !== "failing"),
    ],
    ...(waiting.unread.length > 0 && {
      waitingUnknown: waiting.unread.map(({ label, reason }) => `${label}: ${reason}`).join(" "),
    }),
    totals: {
      ...overview.totals,
      ...(waiting.unread.length === 0 && { waiting: waiting.steps.length }),
    },
  };
}
