import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Pipeline } from "@/lib/image-builder/pipelines/types";
import type { PipelineList } from "@/lib/overview/types";
import { fetchJson } from "./fetch-json";

/** All pipelines of a target with their newest builds, refreshed while the page is visible. */
export const pipelinesQuery = (target: string) =>
  queryOptions({
    queryKey: ["pipelines", target],
    queryFn: ({ signal }) => fetchJson<PipelineList>(apiUrls.pipelines(target), signal),
    refetchInterval: 2500,
  });

export const pipelineQuery = (target: string, name: string) =>
  queryOptions({
    queryKey: ["pipelines", target, name],
    queryFn: ({ signal }) => fetchJson<Pipeline>(apiUrls.pipeline(target, name), signal),
    refetchInterval: 2500,
  });
