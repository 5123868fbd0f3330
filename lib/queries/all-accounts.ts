import { queryOptions } from "@tanstack/react-query";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { apiUrls } from "@/lib/core/urls";
import type { AllImages, AllOverview, AllPipelines, AllWaitingSteps } from "@/lib/overview/types";
import { fetchJson } from "./fetch-json";

const EVERY_MS = 5_000;

export const allOverviewQuery = () =>
  queryOptions({
    queryKey: ["overview", ALL_ACCOUNTS],
    queryFn: ({ signal }) => fetchJson<AllOverview>(apiUrls.overview(ALL_ACCOUNTS), signal),
    refetchInterval: EVERY_MS,
  });

export const allPipelinesQuery = () =>
  queryOptions({
    queryKey: ["pipelines", ALL_ACCOUNTS],
    queryFn: ({ signal }) => fetchJson<AllPipelines>(apiUrls.pipelines(ALL_ACCOUNTS), signal),
    refetchInterval: EVERY_MS,
  });

export const allImagesQuery = () =>
  queryOptions({
    queryKey: ["newest-images", ALL_ACCOUNTS],
    queryFn: ({ signal }) => fetchJson<AllImages>(apiUrls.newestImages(ALL_ACCOUNTS), signal),
    refetchInterval: EVERY_MS,
  });

/** AWS is asked for these, account by account. */
export const allWaitingStepsQuery = () =>
  queryOptions({
    queryKey: ["waiting-steps", ALL_ACCOUNTS],
    queryFn: ({ signal }) => fetchJson<AllWaitingSteps>(apiUrls.waitingSteps(ALL_ACCOUNTS), signal),
    refetchInterval: 20_000,
  });
