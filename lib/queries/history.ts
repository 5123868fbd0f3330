import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { HistoryAnswers, HistoryShow, HistoryState, SyncProgress } from "@/lib/history/types";
import { fetchJson } from "./fetch-json";

const EVERY_MS = 15_000;

/** The answer to one question; `state` is what the page's address holds. */
export const historyQuery = <Show extends HistoryShow>(target: string, show: Show, state: HistoryState) =>
  queryOptions({
    queryKey: ["history", target, show, state] as const,
    queryFn: ({ signal }) => fetchJson<HistoryAnswers[Show]>(apiUrls.history(target, show, state), signal),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });

/** How far the sync is; asked often while it catches up. */
export const historyProgressQuery = (target: string) =>
  queryOptions({
    queryKey: ["history-progress", target],
    queryFn: ({ signal }) => fetchJson<SyncProgress>(apiUrls.historyProgress(target), signal),
    refetchInterval: ({ state }) =>
      state.data?.phase === "following" && state.data.pending === 0 ? 30_000 : 3_000,
  });

/** Names of the pipelines that a question can be about. */
export const historyPipelinesQuery = (target: string, targets: string | undefined) =>
  queryOptions({
    queryKey: ["history-pipelines", target, targets ?? "this"],
    queryFn: ({ signal }) => fetchJson<string[]>(apiUrls.historyPipelines(target, { targets }), signal),
    staleTime: 60_000,
  });
