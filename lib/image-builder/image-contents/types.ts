import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";

export type ImagePackage = { name: string; version: string };

/** Why a build has no packages or findings to show, when it has none. */
export type PackageList = { packages: ImagePackage[]; isCollected: boolean };

/** As Amazon Inspector words it; what a finding leaves out is absent. */
export type ScanFinding = {
  severity: string;
  /** Such as CVE-2024-1234. */
  id: string;
  title: string;
  description?: string;
  score?: number;
  packages: { name: string; version?: string; fixedIn?: string }[];
  remedy?: string;
  /** https only: what a finding names is not ours. */
  sourceUrl?: string;
  /** ISO 8601. */
  firstSeenAt?: string;
};

export type ScanFindingList = {
  /** Gravest first. */
  findings: ScanFinding[];
  /** False when there are more than a page of the console shows; the file has them all. */
  isWhole: boolean;
  isScanned: boolean;
  /** PENDING to COMPLETED, or how the scan failed. */
  scanStatus?: string;
  scanReason?: string;
};

/** What a build was made from, as AWS kept it with the build. */
export type ImageDefinition = {
  recipe?: JsonObject;
  infrastructure?: JsonObject;
  distribution?: JsonObject;
};

/** `before` is absent for what is new, `after` for what is gone. */
export type VersionChange = { name: string; before?: string; after?: string };

export type ImageComparison =
  | { before?: ImageBuildKey; reason: string }
  | {
      before: ImageBuildKey;
      /** The AMI that the base image came to, or its reference where the log does not say. */
      base: { before?: string; after?: string };
      components: VersionChange[];
      /** Of the recipe, infrastructure and distribution as built, but for what the other members say. */
      /** All other members of both sides, and how many differences they have. */
      settings: { before: JsonObject; after: JsonObject; count: number };
      packages: VersionChange[];
      /** In both builds, in the same version. */
      samePackages: number;
      /** What could not be compared, and why. */
      hidden: string[];
    };

/** How many findings of each severity an image has. `counts` is absent for an image that was not scanned. */
export type FindingCounts = {
  isScanned: boolean;
  /** PENDING to COMPLETED, or how the scan failed. */
  scanStatus?: string;
  scanReason?: string;
  counts?: { all: number; critical: number; high: number; medium: number };
};

/** What a build began from, as people call it. */
export type BaseImage = {
  /** Such as "Amazon Linux 2023 x86", or the reference itself where nothing names it. */
  name: string;
  /** As the recipe names it; `x.x.x` follows the newest. */
  version?: string;
  /** An image of this account, which has a page. */
  ownImage?: string;
  /** The AMI that the reference came to in this build, and what EC2 calls it. */
  amiId?: string;
  amiName?: string;
  /** Why something of this is not known. */
  hidden: string[];
};
