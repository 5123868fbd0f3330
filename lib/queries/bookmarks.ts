import { queryOptions } from "@tanstack/react-query";
import type { Favorite, SavedView } from "@/lib/bookmarks/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** What somebody starred in a target; it changes by their own hand only. */
export const favoritesQuery = (target: string) =>
  queryOptions({
    queryKey: ["favorites", target],
    queryFn: ({ signal }) => fetchJson<Favorite[]>(apiUrls.favorites(target), signal),
    staleTime: 60_000,
  });

/** The saved views of a list; asked when somebody opens them. */
export const viewsQuery = (target: string, list: string) =>
  queryOptions({
    queryKey: ["views", target, list],
    queryFn: ({ signal }) => fetchJson<SavedView[]>(apiUrls.views(target, list), signal),
  });
