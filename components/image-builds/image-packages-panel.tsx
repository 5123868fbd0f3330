"use client";
import { useQuery } from "@tanstack/react-query";
import { type Column, ResourceTable } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { ImagePackage } from "@/lib/image-builder/image-contents/types";
import { packagesQuery } from "@/lib/queries/image-builds";

const COLUMNS: Column<ImagePackage>[] = [
  { id: "name", header: "Package", sortBy: ({ name }) => name, cell: ({ name }) => name },
  {
    id: "version",
    header: "Version",
    sortBy: ({ version }) => version,
    cell: ({ version }) => <Mono>{version}</Mono>,
  },
];

/** Every package that AWS's inventory found, to be searched. */
export function ImagePackagesPanel({ target, build }: { target: string; build: ImageBuildKey }) {
  const { data, error, refetch } = useQuery(packagesQuery(target, build));
  if (error) return <ReadFailure title="Couldn't load packages" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading the packages" lines={6} />;
  return (
    <div className="max-h-[70vh] overflow-auto">
      <ResourceTable
        caption="Packages"
        noun="package"
        rows={data.packages}
        columns={COLUMNS}
        keyOf={({ name, version }) => `${name} ${version}`}
        textOf={({ name, version }) => `${name} ${version}`}
        defaultSort={{ column: "name" }}
        isPartOfPage
        empty={
          <EmptyState title="No package list">
            Enable enhanced image metadata in the pipeline to collect the package list of each build.
          </EmptyState>
        }
      />
    </div>
  );
}
