import type { ImageDetail, ImageScanFindings, Repository } from "@aws-sdk/client-ecr";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export type RepositoryRow = Repository & { repositoryName: string; tags: Tags };

export type ContainerImageRow = ImageDetail & {
  repositoryName: string;
  imageDigest: string;
  imageManifest: string;
  findings?: ImageScanFindings;
};

export interface EcrStore {
  account: string;
  region: string;
  partition: string;
  repositories: Table<RepositoryRow>;
  images: Table<ContainerImageRow>;
  /** Pushes an image; its tags leave the image of the repository that had them. The repository must exist. */
  push(image: ContainerImageRow): void;
}

export function openEcrStore(scope: Scope): EcrStore {
  const images = scope.table<ContainerImageRow>(
    "ecr.images",
    (row) => `${row.repositoryName}@${row.imageDigest}`,
  );
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    repositories: scope.table<RepositoryRow>("ecr.repositories", (row) => row.repositoryName),
    images,
    push(image) {
      const moved = new Set(image.imageTags);
      for (const other of images.list((row) => row.repositoryName === image.repositoryName)) {
        if (!other.imageTags?.some((tag) => moved.has(tag))) continue;
        images.put({ ...other, imageTags: other.imageTags.filter((tag) => !moved.has(tag)) });
      }
      images.put(image);
    },
  };
}
