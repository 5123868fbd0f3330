import type { ImageSummary, ImageVersion } from "@aws-sdk/client-imagebuilder";
import { parentArn, parseArn } from "./arns";
import { buildsNewestFirst, newestOfVersions, pipelineBuilds, versionBuilds } from "./build-history";
import { notFound } from "./exceptions";
import { type FilterReaders, filtered, type ImageBuilderHandlers, isoDate, page } from "./handlers";
import { toImageSummary, toImageVersion } from "./image-build-answers";
import type { ImageBuildRow } from "./image-build-row";
import {
  BASE_IMAGES,
  baseImageAmiId,
  baseImageArn,
  baseImageVersions,
  resolveBaseImage,
} from "./managed/base-images";
import { checkByName, versionRows } from "./owned-versions";
import { sharedWith } from "./sharing";
import { type ImageBuilderStore, newestFirst } from "./store";

const BUILD_FILTERS: FilterReaders<ImageBuildRow> = {
  name: (row) => row.name,
  osVersion: (row) => row.osVersion,
  platform: (row) => row.platform,
  type: (row) => row.type,
  version: (row) => row.version,
};

export const imageBuildLists = {
  ListImageBuildVersions({ store, requestId, now }, input) {
    const wanted = input.imageVersionArn;
    const managed = wanted && managedBuild(store, wanted, now);
    if (managed) return { requestId, imageSummaryList: [managed] };
    const account = parseArn(wanted ?? "")?.account;
    const shared =
      account === undefined || account === store.account
        ? []
        : sharedWith(store, "Image", ({ imageBuilds }) => imageBuilds.values()).filter(
            ({ row }) => parentArn(row.arn) === wanted,
          );
    const owners = new Map(shared.map((one) => [one.row.arn, one.owner]));
    const own = wanted ? versionBuilds(store, wanted) : buildsNewestFirst(store);
    const rows = shared.length > 0 ? shared.map(({ row }) => row).sort(newestFirst) : own;
    const { items, nextToken } = page(
      "ListImageBuildVersions",
      filtered(rows, input.filters, BUILD_FILTERS),
      input,
    );
    return {
      requestId,
      imageSummaryList: items.map((row) => toImageSummary(owners.get(row.arn) ?? store, row, now)),
      nextToken,
    };
  },

  ListImagePipelineImages({ store, requestId, now }, input) {
    const pipeline = store.pipelines.get(input.imagePipelineArn ?? "") ?? notFound(input.imagePipelineArn);
    const { name, version } = BUILD_FILTERS;
    const rows = filtered(pipelineBuilds(store, pipeline), input.filters, {
      name,
      version,
    } as typeof BUILD_FILTERS);
    const { items, nextToken } = page("ListImagePipelineImages", rows, input);
    return { requestId, imageSummaryList: items.map((row) => toImageSummary(store, row, now)), nextToken };
  },

  ListImages({ store, requestId, now }, input) {
    checkByName(input);
    const versions = versionsOfOwner(store, input, now);
    const listed = filtered(versions, input.filters, {
      name: (row) => row.name,
      osVersion: (row) => row.osVersion,
      platform: (row) => row.platform,
      type: (row) => row.type,
      version: (row) => row.version,
    });
    const { items, nextToken } = page("ListImages", listed, input);
    return { requestId, imageVersionList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

function versionsOfOwner(
  store: ImageBuilderStore,
  {
    owner,
    byName,
    includeDeprecated,
  }: { owner?: string | undefined; byName?: boolean | undefined; includeDeprecated?: boolean | undefined },
  now: number,
): ImageVersion[] {
  if (owner === "Amazon") return baseVersions(store, byName, now);
  if (owner === "Shared") {
    const shared = sharedWith(store, "Image", ({ imageBuilds }) => imageBuilds.values());
    const owners = new Map(shared.map((one) => [one.row.arn, one.owner]));
    return versionRows(
      shared.map(({ row }) => row),
      byName,
    ).map((row) => toImageVersion(owners.get(row.arn) ?? store, row));
  }
  if (owner !== undefined && owner !== "Self") return [];
  const rows = newestOfVersions(
    store,
    (row) => includeDeprecated === true || row.lifecycle?.status !== "DEPRECATED",
  );
  return versionRows(rows, byName).map((row) => toImageVersion(store, row));
}

/** The build of one of Amazon's images, with its AMI in this Region. */
function managedBuild(store: ImageBuilderStore, reference: string, now: number): ImageSummary | undefined {
  const arn = parseArn(reference);
  const release =
    arn?.account === "aws" ? resolveBaseImage(arn.name, arn.version ?? "x.x.x", now) : undefined;
  if (!release) return undefined;
  const { title, type, platform, osVersion } = release.image;
  return {
    arn: baseImageArn(store.region, release),
    name: title,
    type,
    version: release.version,
    platform,
    osVersion,
    owner: "Amazon",
    state: { status: "AVAILABLE" },
    dateCreated: isoDate(release.releasedAt),
    buildType: "SCHEDULED",
    outputResources: {
      amis: [{ region: store.region, image: baseImageAmiId(store.region, release), name: title }],
    },
  };
}

function baseVersions(store: ImageBuilderStore, byName: boolean | undefined, now: number): ImageVersion[] {
  return BASE_IMAGES.flatMap((image) => {
    const releases = baseImageVersions(image, now);
    return (byName ? releases.slice(0, 1) : releases).map((release) => ({
      arn: parentArn(baseImageArn(store.region, release)),
      name: image.title,
      type: image.type,
      version: release.version,
      platform: image.platform,
      osVersion: image.osVersion,
      owner: "Amazon",
      dateCreated: isoDate(release.releasedAt),
      buildType: "SCHEDULED" as const,
      imageSource: "AMAZON_MANAGED" as const,
    }));
  });
}
