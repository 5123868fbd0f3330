import type { ImageBuildKey } from "@/lib/core/resource-names";

/** What Image Builder wrote about one scheduled run, in its own words. */
export type PipelineRunNote = {
  /** ISO 8601. */
  at: string;
  message: string;
  /** Read from the words; `other` where they say neither. */
  outcome: "started" | "skipped" | "failed" | "other";
  /** The build that the note names. */
  build?: ImageBuildKey;
};

/**
 * Newest first. `reason` says why there is nothing to read: no group yet, or no permission. `isCut` where the group has
 * earlier entries that were not read.
 */
export type PipelineLog = { group: string; notes: PipelineRunNote[]; reason?: string; isCut?: true };
