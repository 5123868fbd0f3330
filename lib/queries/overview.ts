import { queryOptions } from "@tanstack/react-query";
import type { Overview } from "@/lib/image-builder/overview/types";
import { apiUrls } from "@/lib/urls";
import { fetchJson } from "./fetch-json";

export const overviewQuery = (target: string) =>
  queryOptions({
    queryKey: ["overview", target],
    queryFn: ({ signal }) => fetchJson<Overview>(apiUrls.overview(target), signal),
    refetchInterval: 2500,
  });
