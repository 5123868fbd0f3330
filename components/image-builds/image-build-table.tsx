"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { shortReason, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { imageBuildsQuery } from "@/lib/queries/image-builds";

const columnsOf = (target: string): Column<ImageBuildSummary>[] => [
  {
    id: "build",
    header: "Build",
    sortBy: ({ name, version, build }) => `${name} ${version}/${build}`,
    cell: (build) => (
      <Link
        href={urls.imageBuild(target, build)}
        prefetch={false}
        className="font-[550] no-underline hover:underline"
      >
        {build.displayName}{" "}
        <span className="font-mono font-normal text-ink-2 text-xs">{`${build.version}/${build.build}`}</span>
      </Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    sortBy: ({ status }) => status,
    cell: ({ status }) => <StatusBadge tone={toneOf(status)}>{status.toLowerCase()}</StatusBadge>,
  },
  {
    id: "started",
    header: "Started",
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt, buildType }) => (
      <span className="text-ink-2">
        <RelativeTime at={createdAt} />{" "}
        <span className="text-ink-3 max-md:hidden">{startedBy(buildType)}</span>
      </span>
    ),
  },
  {
    id: "pipeline",
    header: "Pipeline",
    from: "md",
    sortBy: ({ pipelineName }) => pipelineName,
    cell: ({ pipelineName }) =>
      pipelineName && (
        <Link
          href={urls.pipeline(target, pipelineName)}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {pipelineName}
        </Link>
      ),
  },
  {
    id: "output",
    header: "AMI or reason",
    from: "lg",
    // A build may fail after it has made AMIs: the reason says more then.
    cell: ({ amis, containers, reason, status }) =>
      amis[0] && status !== "FAILED" ? (
        <span className="whitespace-nowrap">
          <Mono copy>{amis[0].amiId}</Mono>
          {amis.length > 1 && <span className="text-ink-3"> and {amis.length - 1} more</span>}
        </span>
      ) : (
        <span className="line-clamp-1 max-w-[40ch] text-ink-2 text-xs [overflow-wrap:anywhere]">
          {containers[0]?.imageUris[0] ?? (reason && shortReason(reason))}
        </span>
      ),
  },
];

const FILTERS: TableFilter<ImageBuildSummary>[] = [
  { id: "status", label: "Status", valueIn: ({ status }) => status },
  { id: "pipeline", label: "Pipeline", valueIn: ({ pipelineName }) => pipelineName },
  { id: "platform", label: "Platform", valueIn: ({ platform }) => platform },
];

/** The builds of all pipelines; an AMI ID in the search finds the build it came from. */
export function ImageBuildTable({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(imageBuildsQuery(target));
  return (
    <Card flush>
      {data ? (
        <ResourceTable
          caption="Image builds"
          noun="build"
          rows={data}
          columns={columnsOf(target)}
          filters={FILTERS}
          keyOf={({ arn }) => arn}
          textOf={({ displayName, name, version, build, amis, pipelineName = "" }) =>
            `${displayName} ${name} ${version}/${build} ${pipelineName} ${amis.map(({ amiId }) => amiId).join(" ")}`
          }
          defaultSort={{ column: "started", descending: true }}
          empty={
            <EmptyState title="No builds yet">
              Each run of a pipeline builds an image: an AMI or a container. Run one, and it shows here at
              once.
            </EmptyState>
          }
        />
      ) : error ? (
        <ReadFailure title="The builds cannot be shown" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading builds" lines={12} />
      )}
    </Card>
  );
}
