import type { ImageBuildKey } from "@/lib/core/resource-names";

/** One line of the command palette. */
export type SearchHit =
  | { kind: "pipeline"; name: string; detail: string }
  | { kind: "image-build"; key: ImageBuildKey; name: string; detail: string };
