import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { UnansweredCallSaid } from "@/lib/image-builder/targets/types";
import { fetchJson } from "./fetch-json";

/** What AWS has not answered; asked while a page waits. */
export const unansweredQuery = (target: string) =>
  queryOptions({
    queryKey: ["unanswered", target],
    queryFn: ({ signal }) => fetchJson<UnansweredCallSaid | null>(apiUrls.unanswered(target), signal),
    refetchInterval: 1_000,
    gcTime: 0,
    retry: false,
  });
