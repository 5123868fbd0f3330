"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageOwner } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { ImageSummary } from "@/lib/image-builder/image-versions/types";
import { imagesQuery } from "@/lib/queries/image-builds";

const columnsOf = (target: string, owner: ImageOwner): Column<ImageSummary>[] => [
  {
    id: "name",
    header: "Image",
    sortBy: ({ displayName }) => displayName,
    cell: ({ name, displayName }) => (
      <Link
        href={urls.image(target, name, owner)}
        prefetch={false}
        className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
      >
        {displayName}
      </Link>
    ),
  },
  {
    id: "version",
    header: "Latest version",
    cell: ({ version, versionCount }) => (
      <span className="whitespace-nowrap">
        <span className="font-mono text-xs">{version}</span>
        {versionCount > 1 && <span className="ml-2 text-ink-3 text-xs">of {versionCount}</span>}
      </span>
    ),
  },
  {
    id: "type",
    header: "Type",
    from: "md",
    sortBy: ({ type }) => type,
    cell: ({ type }) => typeWord(type),
  },
  {
    id: "platform",
    header: "Platform",
    from: "md",
    sortBy: ({ platform, osVersion }) => osVersion ?? platform,
    cell: ({ platform, osVersion }) => osVersion ?? platform,
  },
  {
    id: "released",
    header: "Created",
    from: "lg",
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => createdAt && <RelativeTime at={createdAt} />,
  },
];

const typeWord = (type: string) => (type === "DOCKER" ? "Container" : type);

const FILTERS: TableFilter<ImageSummary>[] = [
  { id: "type", label: "Type", valueIn: ({ type }) => type },
  { id: "platform", label: "Platform", valueIn: ({ platform }) => platform },
];

/** Images by name, each at its newest version. */
export function ImageList({ target, owner }: { target: string; owner: ImageOwner }) {
  const { data, error, refetch } = useQuery(imagesQuery(target, owner));
  return (
    <Card flush>
      {data ? (
        <ResourceTable
          caption="Images"
          noun="image"
          rows={data}
          columns={columnsOf(target, owner)}
          filters={FILTERS}
          keyOf={({ arn }) => arn}
          textOf={({ displayName, name, osVersion = "" }) => `${displayName} ${name} ${osVersion}`}
          defaultSort={{ column: "name" }}
          empty={
            <EmptyState title={owner === "Self" ? "No images yet" : "No shared images"}>
              {owner === "Self"
                ? "An image is created by the first build of its recipe. Each recipe version is an image version."
                : "Images shared with this account appear here."}
            </EmptyState>
          }
        />
      ) : error ? (
        <ReadFailure title="Couldn't load images" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading images" lines={8} />
      )}
    </Card>
  );
}
