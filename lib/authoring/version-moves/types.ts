import type { ResourceKind } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";

/** What others name by its version. */

/**
 * One thing that names the old version. `after` is everything it will hold: of a recipe a new version, of a
 * pipeline its replacement.
 */
export type MoveStep = {
  /** Unique in a plan, and the same in the plan that is read after a part of it was carried out. */
  id: string;
  kind: Extract<ResourceKind, "image-recipe" | "container-recipe" | "image-pipeline">;
  name: string;
  /** Of a recipe, the version it has now. */
  version?: string;
  /** Of a recipe, the version it gets. */
  newVersion?: string;
  /** The recipe step that has to come first, by its id. */
  after?: string;
  state: "to do" | "done" | "follows by itself";
  /** Members as they are, and as CreateX or UpdateX will be told; absent when there is nothing to do. */
  change?: { before: JsonObject; after: JsonObject; basedOn?: string };
  /** Why AWS is going to refuse this step as it is. */
  problem?: string;
};

export type MovePlan = {
  name: string;
  from: string;
  to: string;
  steps: MoveStep[];
  /** What could not be read, so that the plan is not the whole. */
  hidden?: string;
};
