import { queryOptions } from "@tanstack/react-query";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { apiUrls } from "@/lib/core/urls";
import type { SearchAnswer } from "@/lib/overview/search-types";
import { fetchJson } from "./fetch-json";

/** What the command palette finds for a text, or only the builds; nothing for an empty text. */
export const searchQuery = (target: string, text: string, only?: "builds") =>
  queryOptions({
    queryKey: ["search", target, text, only],
    queryFn: ({ signal }) => fetchJson<SearchAnswer>(apiUrls.search(target, text, only), signal),
    staleTime: 10_000,
  });

/** The same over every account: pipelines, builds and AMIs, as the history knows them. */
export const searchAllQuery = (text: string) => searchQuery(ALL_ACCOUNTS, text);
