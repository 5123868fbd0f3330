import type * as sdk from "@aws-sdk/client-ecr";
import {
  ImageNotFoundException,
  InvalidParameterException,
  RepositoryAlreadyExistsException,
  RepositoryNotEmptyException,
  RepositoryNotFoundException,
  ScanNotFoundException,
} from "@aws-sdk/client-ecr";
import { pageOf } from "../../engine/page";
import { dnsSuffixOf } from "../../engine/partitions";
import { tagList, tagsFromList, withoutTags, withTags } from "../../engine/tags";
import type { Handlers } from "../../wire/contract";
import type { ContainerImageRow, EcrStore, RepositoryRow } from "./store";

type Ecr = Handlers<typeof sdk, EcrStore>;

export const repositories = {
  CreateRepository({ store, account, region, partition, now }, input) {
    const { repositoryName = "" } = input;
    if (store.repositories.has(repositoryName)) {
      const message = `The repository with name '${repositoryName}' already exists in the registry with id '${account}'`;
      throw new RepositoryAlreadyExistsException({ message, $metadata: {} });
    }
    const row = store.repositories.put({
      repositoryName,
      repositoryArn: `arn:${partition}:ecr:${region}:${account}:repository/${repositoryName}`,
      registryId: account,
      repositoryUri: `${account}.dkr.ecr.${region}.${dnsSuffixOf(region)}/${repositoryName}`,
      createdAt: new Date(now),
      imageTagMutability: input.imageTagMutability ?? "MUTABLE",
      imageScanningConfiguration: input.imageScanningConfiguration ?? { scanOnPush: false },
      encryptionConfiguration: input.encryptionConfiguration ?? { encryptionType: "AES256" },
      tags: tagsFromList(input.tags),
    });
    return { repository: withoutOwnTags(row) };
  },

  DescribeRepositories({ store }, input) {
    const named = input.repositoryNames?.map((name) => requireRepository(store, name));
    const page = ecrPage(named ?? store.repositories.list(), input, input.repositoryNames);
    return { repositories: page.items.map(withoutOwnTags), nextToken: page.nextToken };
  },

  DeleteRepository({ store }, { repositoryName, force }) {
    const row = requireRepository(store, repositoryName);
    const images = imagesOf(store, row);
    if (images.length > 0 && !force) {
      const message = `The repository with name '${row.repositoryName}' cannot be deleted because it still contains images`;
      throw new RepositoryNotEmptyException({ message, $metadata: {} });
    }
    for (const image of images) store.images.delete(imageKey(image));
    store.repositories.delete(row.repositoryName);
    return { repository: withoutOwnTags(row) };
  },

  ListImages({ store }, input) {
    const { tagStatus } = input.filter ?? {};
    const ids = imagesOf(store, requireRepository(store, input.repositoryName)).flatMap(
      ({ imageDigest, imageTags = [] }) =>
        imageTags.length > 0 ? imageTags.map((imageTag) => ({ imageDigest, imageTag })) : [{ imageDigest }],
    );
    const matching = ids.filter(
      (id) => !tagStatus || tagStatus === "ANY" || "imageTag" in id === (tagStatus === "TAGGED"),
    );
    const page = ecrPage(matching, input, input.repositoryName);
    return { imageIds: page.items, nextToken: page.nextToken };
  },

  DescribeImages({ store }, input) {
    const repository = requireRepository(store, input.repositoryName);
    const named = input.imageIds?.map((id) => requireImage(store, repository, id));
    const page = ecrPage(named ?? imagesOf(store, repository), input, input.repositoryName);
    return { imageDetails: page.items.map(describeContainerImage), nextToken: page.nextToken };
  },

  BatchGetImage({ store }, input) {
    const repository = requireRepository(store, input.repositoryName);
    const wanted = (input.imageIds ?? []).map((id) => ({ id, image: findImage(store, repository, id) }));
    return {
      images: wanted.flatMap(({ id, image }) => (image ? [toImage(repository, image, id.imageTag)] : [])),
      failures: wanted.flatMap(({ id, image }) => (image ? [] : [notFoundFailure(id)])),
    };
  },

  BatchDeleteImage({ store }, input) {
    const repository = requireRepository(store, input.repositoryName);
    const wanted = (input.imageIds ?? []).map((id) => ({ id, image: findImage(store, repository, id) }));
    for (const { id, image } of wanted) {
      if (!image) continue;
      const imageTags = (image.imageTags ?? []).filter((tag) => tag !== id.imageTag);
      if (id.imageDigest || imageTags.length === 0) store.images.delete(imageKey(image));
      else store.images.put({ ...image, imageTags });
    }
    return {
      imageIds: wanted.flatMap(({ id, image }) => (image ? [{ ...id, imageDigest: image.imageDigest }] : [])),
      failures: wanted.flatMap(({ id, image }) => (image ? [] : [notFoundFailure(id)])),
    };
  },

  DescribeImageScanFindings({ store }, input) {
    const repository = requireRepository(store, input.repositoryName);
    const image = requireImage(store, repository, input.imageId ?? {});
    if (!image.findings) {
      const message = `Image scan does not exist for the image with digest '${image.imageDigest}'`;
      throw new ScanNotFoundException({ message, $metadata: {} });
    }
    return {
      registryId: repository.registryId,
      repositoryName: repository.repositoryName,
      imageId: { imageDigest: image.imageDigest },
      imageScanStatus: { status: "COMPLETE" as const, description: "The scan was completed successfully." },
      imageScanFindings: image.findings,
    };
  },

  TagResource({ store }, { resourceArn = "", tags }) {
    const row = requireByArn(store, resourceArn);
    store.repositories.put({ ...row, tags: withTags(row.tags, tagsFromList(tags)) });
    return {};
  },

  UntagResource({ store }, { resourceArn = "", tagKeys = [] }) {
    const row = requireByArn(store, resourceArn);
    store.repositories.put({ ...row, tags: withoutTags(row.tags, tagKeys) });
    return {};
  },

  ListTagsForResource: ({ store }, { resourceArn = "" }) => ({
    tags: tagList(requireByArn(store, resourceArn).tags),
  }),
} satisfies Partial<Ecr>;

interface ImageId {
  imageDigest?: string | undefined;
  imageTag?: string | undefined;
}

function requireRepository(store: EcrStore, name = ""): RepositoryRow {
  const row = store.repositories.get(name);
  if (row) return row;
  const message = `The repository with name '${name}' does not exist in the registry with id '${store.account}'`;
  throw new RepositoryNotFoundException({ message, $metadata: {} });
}

function requireByArn(store: EcrStore, arn: string): RepositoryRow {
  return requireRepository(store, arn.split(":repository/")[1]);
}

function imagesOf(store: EcrStore, { repositoryName }: RepositoryRow): ContainerImageRow[] {
  return store.images.list((row) => row.repositoryName === repositoryName);
}

function findImage(store: EcrStore, repository: RepositoryRow, { imageDigest, imageTag }: ImageId) {
  return imagesOf(store, repository).find((row) =>
    imageDigest ? row.imageDigest === imageDigest : row.imageTags?.includes(imageTag ?? ""),
  );
}

function requireImage(store: EcrStore, repository: RepositoryRow, id: ImageId): ContainerImageRow {
  const image = findImage(store, repository, id);
  if (image) return image;
  const name = `imageDigest:'${id.imageDigest ?? "null"}', imageTag:'${id.imageTag ?? "null"}'`;
  const message = `The image with imageId {${name}} does not exist within the repository with name '${repository.repositoryName}' in the registry with id '${store.account}'`;
  throw new ImageNotFoundException({ message, $metadata: {} });
}

function imageKey({ repositoryName, imageDigest }: ContainerImageRow): string {
  return `${repositoryName}@${imageDigest}`;
}

function describeContainerImage({ findings, imageManifest: _, ...detail }: ContainerImageRow) {
  if (!findings) return detail;
  const { imageScanCompletedAt, vulnerabilitySourceUpdatedAt, findingSeverityCounts } = findings;
  return {
    ...detail,
    imageScanStatus: { status: "COMPLETE" as const },
    imageScanFindingsSummary: { imageScanCompletedAt, vulnerabilitySourceUpdatedAt, findingSeverityCounts },
  };
}

function toImage(
  { registryId, repositoryName }: RepositoryRow,
  image: ContainerImageRow,
  imageTag: string | undefined,
) {
  const imageId = { imageDigest: image.imageDigest, ...(imageTag && { imageTag }) };
  const { imageManifest, imageManifestMediaType } = image;
  return { registryId, repositoryName, imageId, imageManifest, imageManifestMediaType };
}

function notFoundFailure(imageId: ImageId) {
  return { imageId, failureCode: "ImageNotFound" as const, failureReason: "Requested image not found" };
}

function withoutOwnTags({ tags: _, ...repository }: RepositoryRow) {
  return {
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: "AES256" as const },
    ...repository,
  };
}

function ecrPage<Row>(
  rows: Row[],
  input: { nextToken?: string | undefined; maxResults?: number | undefined },
  query: unknown,
) {
  const refuse = () => {
    const message = "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'";
    throw new InvalidParameterException({ message, $metadata: {} });
  };
  return pageOf(rows, input, { defaultSize: 100, query, refuse });
}
