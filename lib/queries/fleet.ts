import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Fleet } from "@/lib/fleet/groups/types";
import { fetchJson } from "./fetch-json";

const FRESH_FOR_MS = 60_000;

/**
 * What runs or would start from AMIs, from the kept inventory. AWS is asked once a minute at most, however often this
 * is; what is older is being read again, and looked for sooner.
 */
export const fleetQuery = (target: string) =>
  queryOptions({
    queryKey: ["fleet", target],
    queryFn: ({ signal }) => fetchJson<Fleet>(apiUrls.fleet(target), signal),
    refetchInterval: ({ state: { data } }) =>
      data && Date.now() - Date.parse(data.readAt) > FRESH_FOR_MS ? 5_000 : 15_000,
  });
