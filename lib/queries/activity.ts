import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  ACTIVITY_FILTERS,
  type ActivityFilter,
  type ActivityPage,
  type AllActivity,
} from "@/lib/activity/types";
import { ALL_ACCOUNTS } from "@/lib/core/target";
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

/** The latest of all accounts; each of them is asked, so less often than one. */
export const allActivityQuery = (filter: ActivityFilter) =>
  queryOptions({
    queryKey: ["activity", ALL_ACCOUNTS, filter],
    queryFn: ({ signal }) => fetchJson<AllActivity>(apiUrls.activity(ALL_ACCOUNTS, { ...filter }), signal),
    refetchInterval: 30_000,
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
