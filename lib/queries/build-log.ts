import { queryOptions } from "@tanstack/react-query";
import type { BuildLogComparison } from "@/lib/build-log/compare/types";
import type { LogSearchResult } from "@/lib/build-log/search/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** A build's log beside an earlier one; without `before`, the last good one of its pipeline. */
export const logComparisonQuery = (target: string, key: ImageBuildKey, before?: ImageBuildKey) =>
  queryOptions({
    queryKey: ["log-comparison", target, key, before ?? null],
    queryFn: ({ signal }) =>
      fetchJson<BuildLogComparison>(apiUrls.logComparison(target, key, before), signal),
    staleTime: 60_000,
  });

/** Lines of all builds of the last days that hold a text. */
export const logSearchQuery = (target: string, text: string, days: number) =>
  queryOptions({
    queryKey: ["log-search", target, text, days],
    queryFn: ({ signal }) => fetchJson<LogSearchResult>(apiUrls.logSearch(target, text, days), signal),
    staleTime: 60_000,
    retry: false,
  });
