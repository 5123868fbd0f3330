import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { SearchHit } from "@/lib/overview/search-types";
import { fetchJson } from "./fetch-json";

/** What the command palette finds for a text; an empty text finds the first of everything. */
export const searchQuery = (target: string, text: string) =>
  queryOptions({
    queryKey: ["search", target, text],
    queryFn: ({ signal }) => fetchJson<SearchHit[]>(apiUrls.search(target, text), signal),
    staleTime: 10_000,
  });
