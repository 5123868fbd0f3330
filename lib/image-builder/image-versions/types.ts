import type { ResourceReference } from "@/lib/definitions/types";
import type { ImageBuildSummary } from "../image-builds/types";

/** One image under its name, at its newest version. */
export type ImageSummary = {
  /** As in ARNs and addresses. */
  name: string;
  displayName: string;
  /** Of the newest version. */
  arn: string;
  version: string;
  versionCount: number;
  type: "AMI" | "DOCKER" | (string & {});
  platform?: string;
  osVersion?: string;
  /** CUSTOM, IMPORTED, AMAZON_MANAGED or AWS_MARKETPLACE. */
  source?: string;
  /** Whose it is: an account's ID, or a word such as Amazon. */
  owner?: string;
  /** ISO 8601, of the newest version. */
  createdAt?: string;
};

export type ImageVersionRow = {
  arn: string;
  version: string;
  /** ISO 8601. */
  createdAt?: string;
  /** Newest first; empty where the image belongs to somebody else. */
  builds: ImageBuildSummary[];
};

/** `hidden` says what AWS refused to list, so that some may be missing. */
export type RecipesOnImage = { usedBy: ResourceReference[]; hidden?: string };

export type ImageVersions = ImageSummary & {
  /** Newest first. */
  versions: ImageVersionRow[];
  /** True where AWS lists more builds than were read. */
  isCut: boolean;
  /** What a recipe names to follow the newest version. */
  followedArn: string;
};
