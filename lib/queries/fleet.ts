import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Fleet } from "@/lib/fleet/groups/types";
import { fetchJson } from "./fetch-json";

/** What runs or would start from AMIs. AWS is asked once a minute at most, however often this is. */
export const fleetQuery = (target: string) =>
  queryOptions({
    queryKey: ["fleet", target],
    queryFn: ({ signal }) => fetchJson<Fleet>(apiUrls.fleet(target), signal),
    refetchInterval: 15_000,
  });
