import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { AmiDetail, Amis } from "@/lib/fleet/amis/types";
import { fetchJson } from "./fetch-json";

/** The AMIs of a target. AWS is asked once a minute at most, however often this is. */
export const amisQuery = (target: string) =>
  queryOptions({
    queryKey: ["amis", target],
    queryFn: ({ signal }) => fetchJson<Amis>(apiUrls.amis(target), signal),
    refetchInterval: 60_000,
  });

/** One AMI with all that is known of it. */
export const amiQuery = (target: string, key: { region: string; amiId: string }) =>
  queryOptions({
    queryKey: ["amis", target, key.region, key.amiId],
    queryFn: ({ signal }) => fetchJson<AmiDetail>(apiUrls.ami(target, key), signal),
    refetchInterval: 15_000,
  });
