"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StateFavicon } from "@/components/ui/state-favicon";
import type { BadgeTone } from "@/components/ui/status-badge";
import type { Overview } from "@/lib/overview/types";
import { overviewQuery } from "@/lib/queries/overview";
import { DayMatrix } from "./day-matrix";
import { FailureCauses } from "./failure-causes";
import { NeedsAttention } from "./needs-attention";
import { NextRuns } from "./next-runs";
import { OverviewTotals } from "./overview-totals";
import { RunningBuilds } from "./running-builds";

/** The factory at a glance: what runs, what failed, what is next. */
export function OverviewView({ target }: { target: string }) {
  const { data: overview, error, refetch } = useQuery(overviewQuery(target));
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
  if (overview.days.length === 0)
    return (
      <Card flush>
        <EmptyState title="No pipelines yet">
          Once this account and Region have a pipeline, its builds, failures and next runs show here.
        </EmptyState>
      </Card>
    );
  const column = "grid min-w-0 content-start gap-4";
  return (
    <>
      <StateFavicon tone={toneOfFactory(overview)} />
      <OverviewTotals overview={overview} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <div className={column}>
          <DayMatrix target={target} days={overview.days} />
          <NeedsAttention
            target={target}
            waiting={overview.waiting}
            failed={overview.failed}
            disabled={overview.disabled}
            doubts={doubtsOf(overview)}
          />
        </div>
        <div className={column}>
          <RunningBuilds target={target} running={overview.running} />
          <FailureCauses target={target} days={overview.rangeDays} />
          <NextRuns target={target} next={overview.next} />
        </div>
      </div>
    </>
  );
}

function doubtsOf({ waitingUnknown, days }: Overview): string[] {
  const unread = days.filter(({ isRead }) => !isRead).length;
  return [
    ...(waitingUnknown ? [`Steps that wait for an answer could not be read. ${waitingUnknown}`] : []),
    ...(unread > 0 ? [`The builds of ${unread} of ${days.length} pipelines have not been read.`] : []),
  ];
}

/** What a tab in the background should say: first who waits for a person, then what runs, then what failed. */
function toneOfFactory({ waiting, running, failed }: Overview): BadgeTone | undefined {
  if (waiting.length > 0) return "wait";
  if (running.length > 0) return "run";
  return failed.length > 0 ? "fail" : undefined;
}
