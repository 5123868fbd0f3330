import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ACTIVITY_FILTERS, type ActivityFilter, type ActivityPage } from "@/lib/activity/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** A page of the activity; the latest one is refreshed, older ones hardly change. */
export const activityQuery = (target: string, filter: ActivityFilter, from?: string) =>
  queryOptions({
    queryKey: ["activity", target, filter, from ?? ""],
    queryFn: ({ signal }) => fetchJson<ActivityPage>(apiUrls.activity(target, { ...filter, from }), signal),
    refetchInterval: from ? false : 15_000,
    placeholderData: keepPreviousData,
  });

/** The filter as a query string holds it, empty members left out. */
export function activitySearch(filter: ActivityFilter, from?: string): URLSearchParams {
  const entries = ACTIVITY_FILTERS.map((name) => [name, filter[name] ?? ""]);
  return new URLSearchParams([...entries, ["from", from ?? ""]].filter(([, value]) => value !== ""));
}

/** The filter that a page's address holds. */
export function readActivityFilter(read: (name: string) => string | null | undefined): ActivityFilter {
  return Object.fromEntries(
    ACTIVITY_FILTERS.flatMap((name) => {
      const value = read(name);
      return value ? [[name, value]] : [];
    }),
  );
}
