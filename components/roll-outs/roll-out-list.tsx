"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import type { RollOutRow } from "@/lib/fleet/roll-outs/types";
import { rollOutsQuery } from "@/lib/queries/roll-outs";
import { startText, statusOf } from "./roll-out-words";
import { SeriesList } from "./series-list";

const columnsOf = (target: string): Column<RollOutRow>[] => [
  {
    id: "group",
    header: "Group",
    sortBy: ({ group }) => group,
    cell: ({ id, group, region }) => (
      <div className="grid min-w-0">
        <Link
          href={urls.rollOut(target, id)}
          prefetch={false}
          className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
        >
          {group}
        </Link>
        <span className="text-ink-2 text-xs">{region}</span>
      </div>
    ),
  },
  {
    id: "status",
    header: "Status",
    sortBy: ({ status }) => status,
    cell: (row) => {
      const { tone, word } = statusOf(row);
      return (
        <span className="whitespace-nowrap">
          <StatusBadge tone={tone}>{word}</StatusBadge>
          {!row.endedAt && <span className="ml-1.5 text-ink-2 text-xs">{row.percentage}%</span>}
        </span>
      );
    },
  },
  {
    id: "to",
    header: "To",
    sortBy: ({ after }) => startText(after),
    cell: ({ before, after }) => (
      <div className="grid min-w-0 [overflow-wrap:anywhere]">
        <span>{startText(after)}</span>
        <span className="text-ink-2 text-xs">from {startText(before)}</span>
      </div>
    ),
  },
  {
    id: "started",
    header: "Started",
    from: "md",
    sortBy: ({ startedAt }) => startedAt,
    cell: ({ startedAt, startedBy }) => (
      <div className="grid min-w-0">
        <RelativeTime at={startedAt} />
        <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">{startedBy}</span>
      </div>
    ),
  },
  {
    id: "ended",
    header: "Ended",
    from: "lg",
    sortBy: ({ endedAt }) => endedAt,
    cell: ({ endedAt }) =>
      endedAt ? <RelativeTime at={endedAt} /> : <span className="text-ink-2">Not yet</span>,
  },
];

const FILTERS: TableFilter<RollOutRow>[] = [
  { id: "status", label: "Status", valueIn: (row) => statusOf(row).word },
  { id: "group", label: "Group", valueIn: ({ group }) => group },
];

/** The roll-outs that people started here, newest first. */
export function RollOutList({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(rollOutsQuery(target));
  return (
    <>
      {data && <SeriesList target={target} series={data.series} />}
      <Card flush>
        {data ? (
          <ResourceTable
            caption="Roll-outs"
            noun="roll-out"
            rows={data.rows}
            columns={columnsOf(target)}
            filters={FILTERS}
            keyOf={({ id }) => id}
            textOf={({ group, region, startedBy, before, after }) =>
              [group, region, startedBy, startText(before), startText(after)].join(" ")
            }
            defaultSort={{ column: "started", descending: true }}
            empty={
              <EmptyState title="No roll-outs yet">
                Open a group in the <Link href={urls.fleet(target)}>fleet</Link> to replace its instances with
                a newer image, or select several groups there to roll out to them in order.
              </EmptyState>
            }
          />
        ) : error ? (
          <ReadFailure title="Couldn't load roll-outs" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading roll-outs" lines={5} />
        )}
        {data && (data.isCut || data.hidden > 0 || data.doubts.length > 0) && (
          <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2 text-xs">
            {data.isCut && "Older roll-outs are not shown. "}
            {data.hidden > 0 && `${data.hidden} of images that you may not see are not shown. `}
            {data.doubts.join(" ")}
          </p>
        )}
      </Card>
    </>
  );
}
