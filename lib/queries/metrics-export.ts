import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { MetricsExport } from "@/lib/history/cloudwatch/types";
import { fetchJson } from "./fetch-json";

const LOOK_AGAIN_MS = 30_000;

/** What is sent to CloudWatch of an account; asked again while it is looked at. */
export const metricsExportQuery = (target: string) =>
  queryOptions({
    queryKey: ["metrics-export", target],
    queryFn: ({ signal }) => fetchJson<MetricsExport>(apiUrls.metricsExport(target), signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
