import { queryOptions } from "@tanstack/react-query";
import type { PipelineLog } from "@/lib/build-log/pipeline-log/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** Why scheduled runs started or were skipped. Schedules are due at most once a minute. */
export const pipelineLogQuery = (target: string, name: string) =>
  queryOptions({
    queryKey: ["pipeline-log", target, name],
    queryFn: ({ signal }) => fetchJson<PipelineLog>(apiUrls.pipelineLog(target, name), signal),
    refetchInterval: 30_000,
  });
