"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { useTargetNames } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { AllActivity } from "@/lib/activity/types";
import { allActivityQuery } from "@/lib/queries/activity";
import { ActivityFilters } from "./activity-filters";
import { ActivityTable } from "./activity-table";
import { useActivityFilter } from "./use-activity-filter";

/** The latest that happened in any account, each with its account; the filter stands in the address. */
export function AllActivityView() {
  const { filter, choose, isFiltered } = useActivityFilter();
  const { data, error, refetch, isPlaceholderData } = useQuery(allActivityQuery(filter));
  return (
    <Card flush>
      <ActivityFilters filter={filter} onChange={choose} />
      {data && <UnreadNotes activity={data} />}
      {error && !(data && !isPlaceholderData) ? (
        <ReadFailure title="Couldn't load the activity" error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton label="Loading the activity" lines={10} />
      ) : data.entries.length > 0 ? (
        <ActivityTable entries={data.entries} isBusy={isPlaceholderData} />
      ) : isFiltered ? (
        <p className="m-0 px-3.5 py-6 text-ink-2">
          {data.unread.length > 0
            ? "No activity found that matches this filter."
            : "No activity matches this filter."}
        </p>
      ) : (
        <EmptyState title={data.unread.length > 0 ? "No activity found" : "No activity yet"}>
          Builds and roll-outs appear here when they end, and changes when somebody makes them in this
          console.
        </EmptyState>
      )}
      {data && <Limits activity={data} />}
    </Card>
  );
}

function UnreadNotes({ activity: { unread, behind } }: { activity: AllActivity }) {
  const labelOf = useTargetNames();
  const notes = [
    ...unread.map(({ target, label, reason }) => ({ target, text: `Couldn't read ${label}. ${reason}` })),
    ...behind.map(({ target, reason }) => ({
      target,
      text: `Builds of ${labelOf(target)} may be missing. ${reason}`,
    })),
  ];
  return (
    <div role="status">
      {notes.map(({ target, text }) => (
        <p key={target} className="m-0 border-line border-b px-3.5 py-2 text-wait [overflow-wrap:anywhere]">
          <span aria-hidden="true">! </span>
          {text}
        </p>
      ))}
    </div>
  );
}

function Limits({ activity: { isCut, changesHidden } }: { activity: AllActivity }) {
  const notes = [
    isCut && "Older activity is on the page of each account.",
    changesHidden &&
      `Changes are left out in ${changesHidden.accounts} of ${changesHidden.of} accounts: you need the role that reads the audit there.`,
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2 text-xs">{notes.join(" ")}</p>;
}
