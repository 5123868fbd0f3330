"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { FreshnessNote } from "@/components/resources/freshness-note";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import type { ImageRow } from "@/lib/overview/types";
import { newestImagesQuery } from "@/lib/queries/image-builds";

type Row = ImageRow & { target?: string };

const isStale = ({ ageDays, freshWithinDays }: ImageRow) => ageDays >= freshWithinDays;

/** `page`: the target of rows that name none. */
export const imageColumns = (page: string): Column<Row>[] => [
  {
    id: "name",
    header: "Image",
    sortBy: ({ displayName }) => displayName,
    cell: ({ target = page, name, displayName, osVersion, platform, type }) => (
      <div className="grid min-w-0">
        <span className="flex items-center gap-x-1">
          <Link
            href={urls.image(target, name)}
            prefetch={false}
            className="font-[550] no-underline break-words hover:underline"
          >
            {displayName}
          </Link>
          <FavoriteStar target={target} kind="image" name={displayName} />
        </span>
        <span className="text-ink-2 text-xs">
          {[type === "DOCKER" ? "Container" : "AMI", osVersion ?? platform].filter(Boolean).join(", ")}
        </span>
      </div>
    ),
  },
  {
    id: "latest",
    header: "Latest successful build",
    sortBy: ({ createdAt }) => createdAt,
    cell: (image) => (
      <Link
        href={urls.imageBuild(image.target ?? page, image)}
        prefetch={false}
        className="inline-flex flex-wrap items-baseline gap-x-2 no-underline hover:underline"
      >
        <span className="font-mono text-xs">{`${image.version}/${image.build}`}</span>
        <span className="text-ink-2">
          <RelativeTime at={image.createdAt} />
        </span>
      </Link>
    ),
  },
  {
    id: "age",
    header: "Age",
    sortBy: ({ ageDays, freshWithinDays }) => ageDays / freshWithinDays,
    cell: (image) => (
      <span className={`grid whitespace-nowrap ${isStale(image) ? "font-[550] text-wait" : "text-ink-2"}`}>
        <span>
          {isStale(image) && <span aria-hidden="true">! </span>}
          {image.ageDays} {image.ageDays === 1 ? "day" : "days"}
        </span>
        <span className="font-normal text-ink-2 text-xs">
          {isStale(image) && "stale, "}max. {image.freshWithinDays}
        </span>
      </span>
    ),
  },
  {
    id: "amis",
    header: "AMIs",
    from: "md",
    cell: ({ amis, type }) =>
      amis.length === 0 ? (
        <span className="text-ink-2">{type === "DOCKER" ? "container image" : "none"}</span>
      ) : (
        <ul className="m-0 grid list-none p-0">
          {amis.slice(0, 2).map(({ region, amiId }) => (
            <li key={`${region} ${amiId}`} className="whitespace-nowrap">
              <Mono copy>{amiId}</Mono> <span className="text-ink-2 text-xs">{region}</span>
            </li>
          ))}
          {amis.length > 2 && <li className="text-ink-2 text-xs">and {amis.length - 2} more</li>}
        </ul>
      ),
  },
  {
    id: "findings",
    header: "Critical, high",
    from: "lg",
    align: "end",
    sortBy: ({ findings }) => findings && findings.critical * 1_000_000 + findings.high,
    cell: ({ findings }) =>
      findings ? (
        <span className={findings.critical > 0 ? "font-[550] text-fail" : "text-ink-2"}>
          {findings.critical}, {findings.high}
        </span>
      ) : (
        <span className="whitespace-nowrap text-ink-2">not scanned</span>
      ),
  },
  {
    id: "pipelines",
    header: "Built by",
    from: "lg",
    sortBy: ({ pipelines }) => pipelines[0],
    cell: ({ target = page, pipelines: [first, ...others] }) =>
      first ? (
        <span>
          <Link href={urls.pipeline(target, first)} prefetch={false} className="no-underline hover:underline">
            {first}
          </Link>
          {others.length > 0 && <span className="text-ink-2"> and {others.length} more</span>}
        </span>
      ) : (
        <span className="text-ink-2">no pipeline</span>
      ),
  },
];

export const IMAGE_FILTERS: TableFilter<Row>[] = [
  { id: "age", label: "Age", valueIn: (image) => (isStale(image) ? "stale" : "within max. age") },
  { id: "platform", label: "Platform", valueIn: ({ platform }) => platform },
];

/** What the search looks in. */
export const imageText = ({ displayName, name, version, pipelines, amis, osVersion = "" }: ImageRow) =>
  `${displayName} ${name} ${version} ${osVersion} ${pipelines.join(" ")} ${amis.map(({ amiId }) => amiId).join(" ")}`;

/** The images of this account, a row each: the latest successful build, its AMIs, and whether it is too old. */
export function NewestImages({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(newestImagesQuery(target));
  return (
    <>
      {data && <FreshnessNote freshness={data.freshness} />}
      <Card flush>
        {data ? (
          <ResourceTable
            caption="Images"
            noun="image"
            rows={data.images}
            columns={imageColumns(target)}
            filters={IMAGE_FILTERS}
            keyOf={({ name }) => name}
            textOf={imageText}
            defaultSort={{ column: "name" }}
            empty={
              <EmptyState title="No images yet">
                The first successful build of a recipe creates the image of its name. Failed and running
                builds are under Builds.
              </EmptyState>
            }
          />
        ) : error ? (
          <ReadFailure title="Couldn't load the images" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading images" lines={8} />
        )}
      </Card>
    </>
  );
}
