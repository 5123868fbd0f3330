import type { ResourceKind } from "@/lib/core/resource-names";

/** The kinds whose content is a document that AWS reads. */
export type DocumentKind = Extract<ResourceKind, "component" | "workflow">;

/** The version that a new one is made from. */
export type PreviousVersion = {
  name: string;
  version: string;
  text?: string;
  /** How many recipes or pipelines use it. */
  dependents: number;
};
