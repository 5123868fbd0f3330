import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { ResourceReference } from "@/lib/definitions/types";
import type { AmiUser } from "../lifecycle/types";

/** What a person can make of an image that is built. */
export type ImageState = "AVAILABLE" | "DEPRECATED" | "DISABLED";

export type ImageStateChange = {
  key: ImageBuildKey;
  state: ImageState;
  /** Whether its AMIs change with it. */
  amis: boolean;
  /** The role that Image Builder changes the AMIs with: needed with `amis`, and only then. */
  executionRole?: string | undefined;
  /** ISO 8601, in the future: when DEPRECATED is to hold. Left out, it is now. */
  at?: string | undefined;
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
  recipes: (ResourceReference & { kind: "image-recipe" | "container-recipe" })[];
  doubts: string[];
};

/** Whom the AMIs of an image are for: accounts by their IDs, the others by their ARNs. */
export type ImageHolders = {
  accounts: string[];
  organizationArns: string[];
  organizationalUnitArns: string[];
};

export type ImageSharing = {
  /** Accounts that may build on the image. */
  accounts: string[];
  /** Of its AMIs in this account, by Region: who may launch them. */
  amis: ({ region: string; amiId: string; isPublic: boolean } & ImageHolders)[];
  /** What AWS refused to tell. */
  doubts: string[];
};
