import type { ResourceReference } from "../definitions/types";
import type { ImageBuildKey } from "../image-builds/types";
import type { AmiUser } from "../lifecycle/types";

/** What a person can make of an image that is built. */
export type ImageState = "AVAILABLE" | "DEPRECATED" | "DISABLED";

export type ImageStateChange = {
  key: ImageBuildKey;
  state: ImageState;
  /** Whether its AMIs change with it. */
  amis: boolean;
  /** ISO 8601, in the future: when DEPRECATED is to hold. Left out, it is now. */
  at?: string;
};

export type ImageDeletion = {
  key: ImageBuildKey;
  /** What goes besides the record; with nothing of it, only the record goes. */
  include: { amis?: boolean; snapshots?: boolean; containers?: boolean };
  /** The role that Image Builder deletes with; needed for anything besides the record. */
  executionRole?: string;
};

/** Who would miss an image. `doubts`: what AWS refused to list. */
export type ImageUsers = {
  amiUsers: AmiUser[];
  /** Recipes that build on it. */
  recipes: ResourceReference[];
  doubts: string[];
};

/** Accounts that may use an image. */
export type ImageSharing = {
  accounts: string[];
  /** Of its AMIs, by Region: who may launch them. */
  amis: { region: string; amiId: string; accounts: string[]; isPublic: boolean }[];
  doubts: string[];
};
