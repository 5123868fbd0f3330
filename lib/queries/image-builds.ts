import { queryOptions } from "@tanstack/react-query";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild, ImageBuildKey, ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { apiUrls } from "@/lib/urls";
import { fetchJson } from "./fetch-json";

export const imageBuildsQuery = (target: string) =>
  queryOptions({
    queryKey: ["image-builds", target],
    queryFn: ({ signal }) => fetchJson<ImageBuildSummary[]>(apiUrls.imageBuilds(target), signal),
    refetchInterval: 2500,
  });

/** Polls only while the build is on its way: a finished one does not change. */
export const imageBuildQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: ["image-builds", target, key.name, key.version, key.build],
    queryFn: ({ signal }) => fetchJson<ImageBuild>(apiUrls.imageBuild(target, key), signal),
    refetchInterval: ({ state }) => (state.data && !isInFlight(state.data.status) ? false : 2000),
  });
