"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { FreshnessNote } from "@/components/resources/freshness-note";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { StateFavicon } from "@/components/ui/state-favicon";
import type { BadgeTone } from "@/components/ui/status-badge";
import type { Overview } from "@/lib/overview/types";
import { overviewQuery } from "@/lib/queries/overview";
import { BuildActivity } from "./build-activity";
import { FailureCauses } from "./failure-causes";
import { NeedsAttention } from "./needs-attention";
import { NextRuns } from "./next-runs";
import { OverviewTiles } from "./overview-tiles";
import { RunningBuilds } from "./running-builds";

/** Loaded in an account without pipelines only. */
const FirstRun = dynamic(() => import("./first-run").then((module) => module.FirstRun));

/** The factory at a glance: what needs somebody, what runs, what is next. */
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
  if (overview.freshness.pipelines === 0 && !overview.freshness.unlisted) return <FirstRun target={target} />;
  return (
    <>
      <StateFavicon tone={toneOfFactory(overview)} />
      <FreshnessNote freshness={overview.freshness} />
      <OverviewTiles target={target} overview={overview} />
      <div className="mb-4">
        <NeedsAttention target={target} overview={overview} />
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 content-start gap-4">
          <BuildActivity target={target} overview={overview} />
          <FailureCauses target={target} days={overview.days.length} />
        </div>
        <div className="grid min-w-0 content-start gap-4">
          <RunningBuilds target={target} running={overview.running} asOf={overview.freshness.asOf} />
          <NextRuns
            target={target}
            next={overview.next}
            left={overview.nextLeft}
            unlisted={overview.freshness.unlisted}
          />
        </div>
      </div>
    </>
  );
}

/** What a tab in the background should say: first who waits for a person, then what runs, then what failed. */
function toneOfFactory({ totals, running }: Overview): BadgeTone | undefined {
  if (totals.waiting) return "wait";
  if (running.length > 0) return "run";
  return totals.failing > 0 ? "fail" : undefined;
}
