"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { FreshnessNote } from "@/components/resources/freshness-note";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { StreakText } from "@/components/ui/streak-text";
import { urls } from "@/lib/core/urls";
import { toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { PipelineSummary } from "@/lib/image-builder/pipelines/types";
import { pipelinesQuery } from "@/lib/queries/pipelines";
import { PipelineBulkActions } from "./pipeline-bulk-actions";

const columnsOf = (target: string): Column<PipelineSummary>[] => [
  {
    id: "name",
    header: "Name",
    sortBy: ({ name }) => name,
    cell: ({ name, description, status }) => (
      <div className="grid min-w-0">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link
            href={urls.pipeline(target, name)}
            prefetch={false}
            className="font-[550] no-underline hover:underline"
          >
            {name}
          </Link>
          <FavoriteStar target={target} kind="image-pipeline" name={name} />
          {status !== "ENABLED" && <StatusBadge tone="mute">{status.toLowerCase()}</StatusBadge>}
        </span>
        {description && <span className="max-w-[44ch] truncate text-ink-3 text-xs">{description}</span>}
      </div>
    ),
  },
  {
    id: "lastRun",
    header: "Last run",
    sortBy: ({ lastBuild }) => lastBuild?.createdAt,
    cell: ({ lastBuild: last, buildsAreRead }) =>
      last ? (
        <Link
          href={urls.imageBuild(target, last)}
          prefetch={false}
          className="grid min-h-10 min-w-28 content-center justify-items-start text-ink-2 no-underline hover:underline"
        >
          <StatusBadge tone={toneOf(last.status)}>{last.status.toLowerCase()}</StatusBadge>
          <RelativeTime at={last.createdAt} />
        </Link>
      ) : (
        // As high and wide as what comes, so that no row moves.
        <span className="grid min-h-10 min-w-28 content-center text-ink-3">
          {buildsAreRead ? "never" : "loading"}
        </span>
      ),
  },
  {
    id: "streak",
    header: "Streak",
    from: "lg",
    sortBy: ({ streak }) => streak && (streak.result === "good" ? streak.count : -streak.count),
    cell: ({ streak }) =>
      streak ? (
        <span className="inline-block min-w-36">
          <StreakText {...streak} />
        </span>
      ) : (
        <span className="inline-block min-w-36 text-ink-3">none yet</span>
      ),
  },
  {
    id: "nextRun",
    header: "Next run",
    from: "md",
    sortBy: ({ nextRunAt }) => nextRunAt,
    cell: ({ nextRunAt, schedule, status }) =>
      nextRunAt ? (
        <span title={schedule?.words}>
          <RelativeTime at={nextRunAt} />
        </span>
      ) : (
        <span className="text-ink-3">{status === "ENABLED" ? "No schedule" : "disabled"}</span>
      ),
  },
  {
    id: "recipe",
    header: "Recipe",
    from: "lg",
    sortBy: ({ recipe }) => recipe.name,
    cell: ({ recipe, platform, type }) => (
      <div className="grid">
        <span>
          {recipe.name} <span className="font-mono text-ink-2 text-xs">{recipe.version}</span>
        </span>
        <span className="text-ink-3 text-xs">
          {type === "DOCKER" ? "container" : type}
          {platform && `, ${platform}`}
        </span>
      </div>
    ),
  },
  {
    id: "actions",
    header: "Actions",
    from: "md",
    align: "end",
    cell: ({ name }) => <RunPipelineButton target={target} name={name} label="Run" variant="secondary" />,
  },
];

const FILTERS: TableFilter<PipelineSummary>[] = [
  { id: "status", label: "Status", valueIn: ({ status }) => status },
  { id: "type", label: "Type", valueIn: ({ type }) => type },
  { id: "platform", label: "Platform", valueIn: ({ platform }) => platform },
];

/** All pipelines of a target, with what each did last and does next. */
export function PipelineTable({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(pipelinesQuery(target));
  return (
    <>
      {data && data.pipelines.length > 0 && <FreshnessNote freshness={data.freshness} />}
      <Card flush>
        {data ? (
          <ResourceTable
            caption="Pipelines"
            noun="pipeline"
            rows={data.pipelines}
            columns={columnsOf(target)}
            filters={FILTERS}
            keyOf={({ arn }) => arn}
            nameOf={({ name }) => name}
            bulk={(selected, clear) => (
              <PipelineBulkActions target={target} pipelines={selected} onEnd={clear} />
            )}
            textOf={({ name, description = "", recipe }) => `${name} ${description} ${recipe.name}`}
            defaultSort={{ column: "name" }}
            empty={
              <EmptyState title="No pipelines yet">
                A pipeline builds an image from a recipe, on a schedule or manually. Create one from a
                template or from scratch. Pipelines created with the AWS CLI, CloudFormation, or Terraform
                appear here within seconds.
              </EmptyState>
            }
          />
        ) : error ? (
          <ReadFailure title="Couldn't load pipelines" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading pipelines" lines={10} />
        )}
      </Card>
    </>
  );
}
