"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActivityPage } from "@/lib/activity/types";
import { activityQuery, activitySearch } from "@/lib/queries/activity";
import { ActivityFilters } from "./activity-filters";
import { ActivityTable } from "./activity-table";
import { FeedsCard } from "./feeds-card";
import { useActivityFilter } from "./use-activity-filter";

/** What happened in a target: filter and page stand in the address, so that both can be sent to somebody. */
export function ActivityView({ target, consoleUrl }: { target: string; consoleUrl: string }) {
  const { filter, choose, pathname, search, isFiltered } = useActivityFilter();
  const from = search.get("from") ?? undefined;
  const { data, error, refetch, isPlaceholderData } = useQuery(activityQuery(target, filter, from));

  const turnTo = (page?: string) => {
    window.history.pushState(null, "", `${pathname}?${activitySearch(filter, page)}`);
    window.scrollTo({ top: 0 });
  };
  const isNarrowed = from !== undefined || isFiltered;

  return (
    <div className="grid gap-4">
      <Card flush>
        <ActivityFilters filter={filter} onChange={choose} />
        {error && !(data && !isPlaceholderData) ? (
          <ReadFailure title="Couldn't load the activity" error={error} onRetry={refetch} />
        ) : !data ? (
          <Skeleton label="Loading the activity" lines={10} />
        ) : data.entries.length > 0 ? (
          <ActivityTable entries={data.entries} isBusy={isPlaceholderData} />
        ) : isNarrowed ? (
          <p className="m-0 px-3.5 py-6 text-ink-2">No activity matches this filter.</p>
        ) : (
          <EmptyState title="No activity yet">
            Builds and roll-outs appear here when they end, and changes when somebody makes them in this
            console.
          </EmptyState>
        )}
        <footer className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-t px-3.5 py-2">
          <Button onClick={() => turnTo()} disabled={from === undefined}>
            Latest
          </Button>
          <Button onClick={() => turnTo(data?.next)} disabled={data?.next === undefined}>
            Older
          </Button>
          {data && <Limits page={data} />}
        </footer>
      </Card>
      <FeedsCard target={target} consoleUrl={consoleUrl} filter={filter} />
    </div>
  );
}

/** What the page may leave out, and as of when it is. */
function Limits({ page: { changesHidden, buildsAsOf, buildsBehind } }: { page: ActivityPage }) {
  return (
    <div className="min-w-0 text-ink-2 text-xs">
      {buildsAsOf ? (
        <span>
          Builds as of <RelativeTime at={buildsAsOf} />.{" "}
        </span>
      ) : (
        <span>When builds were last read from AWS is not known. </span>
      )}
      {buildsBehind && <span className="text-wait">Reading them failed since: {buildsBehind} </span>}
      {changesHidden}
    </div>
  );
}
