import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Overview } from "@/lib/overview/types";
import { fetchJson } from "./fetch-json";

export const overviewQuery = (target: string) =>
  queryOptions({
    queryKey: ["overview", target],
    queryFn: ({ signal }) => fetchJson<Overview>(apiUrls.overview(target), signal),
    refetchInterval: 2500,
  });
