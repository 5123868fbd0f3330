import type { ImageBuildKey, ResourceKind } from "@/lib/core/resource-names";
import type { ImageBuildStatus } from "@/lib/image-builder/image-builds/types";

/**
 * One line of the command palette. `status` is AWS's, of the build or of the pipeline's latest build. `target`: where it
 * is, when all accounts were searched.
 */
export type SearchHit = { target?: string } & (
  | { kind: "pipeline"; name: string; detail: string; status?: ImageBuildStatus }
  | { kind: "image-build"; key: ImageBuildKey; name: string; detail: string; status: ImageBuildStatus }
  /** `name` is the AMI ID, `key` the build that made it. */
  | { kind: "ami"; key: ImageBuildKey; name: string; detail: string; status: ImageBuildStatus }
  /** `version` is the latest one; absent for kinds without versions. */
  | { kind: "resource"; of: ResourceKind; name: string; version?: string; detail: string }
);

/** What a search finds. `unread`: what could not be searched, in sentences; then hits may be missing. */
export type SearchAnswer = { hits: SearchHit[]; unread: string[] };
