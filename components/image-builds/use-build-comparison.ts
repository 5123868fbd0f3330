"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { ImageComparison } from "@/lib/image-builder/image-contents/types";
import { imageComparisonQuery } from "@/lib/queries/image-builds";

export type Comparison = Extract<ImageComparison, { components: unknown }>;

/** What changed since the last successful build, once the build has ended: one question for all who show part of it. */
export function useBuildComparison(target: string, build: ImageBuild) {
  const { data, error, refetch } = useQuery({
    ...imageComparisonQuery(target, build),
    enabled: !isInFlight(build.status),
  });
  const comparison: Comparison | undefined = data && "components" in data ? data : undefined;
  const before: ImageBuildKey | undefined = data?.before;
  const reason = data && "reason" in data ? data.reason : undefined;
  return { comparison, before, reason, error, refetch };
}

/** Of packages: how many are new, gone, or there in another version. */
export function countPackages({ packages }: Pick<Comparison, "packages">) {
  const added = packages.filter(({ before }) => before === undefined).length;
  const removed = packages.filter(({ after }) => after === undefined).length;
  return { added, removed, updated: packages.length - added - removed };
}

/** How many packages an image has; undefined where an inventory is missing. */
export const packagesOf = ({ packages, samePackages }: Comparison): number | undefined =>
  samePackages + packages.filter(({ after }) => after !== undefined).length || undefined;

/** All differences, counted once each. */
export const countChanges = ({ base, components, settings, packages }: Comparison): number =>
  Number(base.before !== base.after) + components.length + settings.count + packages.length;
