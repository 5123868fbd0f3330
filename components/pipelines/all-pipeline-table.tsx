"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { UnknownAccounts } from "@/components/resources/unknown-accounts";
import { ReadFailure } from "@/components/shell/read-failure";
import { AccountMark, useTargetNames } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { StreakText } from "@/components/ui/streak-text";
import { DAY_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { AccountPipeline } from "@/lib/overview/types";
import { allPipelinesQuery } from "@/lib/queries/all-accounts";

/** Pipelines of every account that ever built something, as the history knows them. */
export function AllPipelineTable() {
  const { data, error, refetch } = useQuery(allPipelinesQuery());
  const labelOf = useTargetNames();
  if (!data)
    return (
      <Card flush>
        {error ? (
          <ReadFailure title="Couldn't load pipelines" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading pipelines" lines={10} />
        )}
      </Card>
    );
  const filters: TableFilter<AccountPipeline>[] = [
    { id: "account", label: "Account", valueIn: ({ target }) => labelOf(target) },
    { id: "state", label: "State", valueIn: stateOf(data.asOf) },
  ];
  return (
    <>
      <UnknownAccounts accounts={data.accounts} />
      <Card flush>
        <ResourceTable
          caption="Pipelines of all accounts"
          noun="pipeline"
          rows={data.pipelines}
          columns={columnsOf(data.asOf, labelOf)}
          filters={filters}
          keyOf={({ target, pipeline }) => `${target}/${pipeline}`}
          textOf={({ target, pipeline }) => `${pipeline} ${labelOf(target)}`}
          defaultSort={{ column: "name" }}
          empty={
            <EmptyState title="No builds yet">
              Pipelines are shown here once they have built something. Open an account to see all of its
              pipelines.
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}

const columnsOf = (asOf: string, labelOf: (target: string) => string): Column<AccountPipeline>[] => [
  {
    id: "name",
    header: "Name",
    sortBy: ({ pipeline }) => pipeline,
    cell: ({ target, pipeline }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <Link
          href={urls.pipeline(target, pipeline)}
          prefetch={false}
          className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
        >
          {pipeline}
        </Link>
        <span className="sm:hidden">
          <AccountMark target={target} />
        </span>
      </span>
    ),
  },
  {
    id: "account",
    header: "Account",
    from: "sm",
    sortBy: ({ target }) => labelOf(target),
    cell: ({ target }) => <AccountMark target={target} />,
  },
  {
    id: "lastRun",
    header: "Last run",
    sortBy: ({ lastBuild }) => lastBuild.createdAt,
    cell: ({ target, lastBuild }) => (
      <Link
        href={urls.imageBuild(target, lastBuild)}
        prefetch={false}
        className="grid min-h-10 min-w-28 content-center justify-items-start text-ink-2 no-underline hover:underline"
      >
        <StatusBadge tone={toneOf(lastBuild.status)}>{lastBuild.status.toLowerCase()}</StatusBadge>
        <RelativeTime at={lastBuild.createdAt} />
      </Link>
    ),
  },
  {
    id: "streak",
    header: "Streak",
    from: "lg",
    sortBy: ({ streak }) => streak && (streak.result === "succeeded" ? streak.count : -streak.count),
    cell: ({ streak }) =>
      streak ? (
        <StreakText count={streak.count} result={streak.result === "succeeded" ? "good" : "bad"} />
      ) : (
        <span className="text-ink-3">none yet</span>
      ),
  },
  {
    id: "image",
    header: "Latest image",
    from: "md",
    sortBy: ({ lastGoodAt }) => lastGoodAt,
    cell: (row) =>
      row.lastGoodAt ? (
        <span className={ageDays(row, asOf) >= row.freshWithinDays ? "text-wait" : ""}>
          <RelativeTime at={row.lastGoodAt} />
          <span className="block text-ink-3 text-xs">{`max. ${row.freshWithinDays} days`}</span>
        </span>
      ) : (
        <span className="text-ink-3">none</span>
      ),
  },
];

const ageDays = ({ lastGoodAt = "" }: AccountPipeline, asOf: string) =>
  Math.floor((Date.parse(asOf) - Date.parse(lastGoodAt)) / DAY_MS);

const stateOf = (asOf: string) => (row: AccountPipeline) => {
  if (row.streak?.result === "failed") return "failing";
  return row.lastGoodAt && ageDays(row, asOf) >= row.freshWithinDays ? "stale" : "healthy";
};
