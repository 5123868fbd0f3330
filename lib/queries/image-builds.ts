import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ImageBuildKey, ImageOwner } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import type { BuildStanding } from "@/lib/history/types";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild, ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import type { ImageSharing, ImageUsers } from "@/lib/image-builder/image-changes/types";
import type {
  BaseImage,
  FindingCounts,
  ImageComparison,
  ImageDefinition,
  PackageList,
  ScanFindingList,
} from "@/lib/image-builder/image-contents/types";
import type { ImageSummary, ImageVersions, RecipesOnImage } from "@/lib/image-builder/image-versions/types";
import type { FoundBuilds, ImageRows } from "@/lib/overview/types";
import { fetchJson } from "./fetch-json";

export const imageBuildsQuery = (target: string) =>
  queryOptions({
    queryKey: ["image-builds", target],
    queryFn: ({ signal }) => fetchJson<ImageBuildSummary[]>(apiUrls.imageBuilds(target), signal),
    refetchInterval: 2500,
  });

/** A page of the builds that an address asks for. */
export const buildsQuery = (target: string, state: Record<string, string>) =>
  queryOptions({
    queryKey: ["builds", target, state] as const,
    queryFn: ({ signal }) => fetchJson<FoundBuilds>(apiUrls.builds(target, state), signal),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });

/** The images of the account, each with its latest successful build. */
export const newestImagesQuery = (target: string) =>
  queryOptions({
    queryKey: ["newest-images", target],
    queryFn: ({ signal }) => fetchJson<ImageRows>(apiUrls.newestImages(target), signal),
    refetchInterval: 5_000,
  });

/** Polls only while the build is on its way: a finished one does not change. */
export const imageBuildQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: ["image-builds", target, key.name, key.version, key.build],
    queryFn: ({ signal }) => fetchJson<ImageBuild>(apiUrls.imageBuild(target, key), signal),
    refetchInterval: ({ state }) => (state.data && !isInFlight(state.data.status) ? false : 2000),
  });

const keyOf = (target: string, { name, version, build }: ImageBuildKey) =>
  ["image-builds", target, name, version, build] as const;

/** What is in an image does not change; whoever looks again within the minute gets what is there. */
const STILL_MS = 60_000;

export const packagesQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "packages"],
    queryFn: ({ signal }) => fetchJson<PackageList>(apiUrls.imagePart(target, key, "packages"), signal),
    staleTime: STILL_MS,
  });

export const findingsQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "findings"],
    queryFn: ({ signal }) => fetchJson<ScanFindingList>(apiUrls.imagePart(target, key, "findings"), signal),
    staleTime: STILL_MS,
  });

/** A scan that is under way still counts. */
export const findingCountsQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "finding-counts"],
    queryFn: ({ signal }) =>
      fetchJson<FindingCounts>(apiUrls.imagePart(target, key, "findings/counts"), signal),
    staleTime: STILL_MS,
  });

export const baseImageQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "base-image"],
    queryFn: ({ signal }) => fetchJson<BaseImage>(apiUrls.imagePart(target, key, "base-image"), signal),
    staleTime: STILL_MS,
  });

export const buildStandingQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "standing"],
    queryFn: ({ signal }) => fetchJson<BuildStanding>(apiUrls.imagePart(target, key, "standing"), signal),
    staleTime: STILL_MS,
  });

export const imageDefinitionQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "definition"],
    queryFn: ({ signal }) => fetchJson<ImageDefinition>(apiUrls.imagePart(target, key, "definition"), signal),
    staleTime: STILL_MS,
  });

export const imageComparisonQuery = (target: string, key: ImageBuildKey, before?: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "comparison", before ?? null],
    queryFn: ({ signal }) => fetchJson<ImageComparison>(apiUrls.imageComparison(target, key, before), signal),
    staleTime: STILL_MS,
  });

export const imageUsersQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "users"],
    queryFn: ({ signal }) => fetchJson<ImageUsers>(apiUrls.imagePart(target, key, "users"), signal),
  });

export const imageSharingQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: [...keyOf(target, key), "sharing"],
    queryFn: ({ signal }) => fetchJson<ImageSharing>(apiUrls.imagePart(target, key, "sharing"), signal),
  });

export const imagesQuery = (target: string, owner: ImageOwner) =>
  queryOptions({
    queryKey: ["images", target, owner],
    queryFn: ({ signal }) => fetchJson<ImageSummary[]>(apiUrls.images(target, owner), signal),
  });

export const imageQuery = (target: string, name: string, owner: ImageOwner) =>
  queryOptions({
    queryKey: ["images", target, owner, name],
    queryFn: ({ signal }) => fetchJson<ImageVersions>(apiUrls.image(target, name, owner), signal),
    refetchInterval: 5_000,
  });

export const recipesOnImageQuery = (target: string, name: string, owner: ImageOwner) =>
  queryOptions({
    queryKey: ["images", target, owner, name, "recipes"],
    queryFn: ({ signal }) => fetchJson<RecipesOnImage>(apiUrls.recipesOnImage(target, name, owner), signal),
    staleTime: STILL_MS,
  });
