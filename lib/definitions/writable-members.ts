import type { ResourceKind } from "@/lib/core/resource-names";
import type { JsonObject } from "./types";
import { withoutEmpty } from "./without-empty";

/** What GetX gives and neither CreateX nor UpdateX takes; everything else is the resource's own. */
const READ_ONLY = [
  "arn",
  "dateCreated",
  "dateUpdated",
  "dateLastRun",
  "dateNextRun",
  "lastRunStatus",
  "consecutiveFailures",
  "owner",
  "state",
  "publisher",
  "obfuscate",
  "productCodes",
  "encrypted",
];
/** Read-only in some kinds, and another kind's own member. */
const READ_ONLY_IN: Partial<Record<ResourceKind, string[]>> = {
  component: ["type", "parameters", "version"],
  "image-recipe": ["type", "platform", "version"],
  "container-recipe": ["platform", "version"],
  workflow: ["parameters", "version"],
  "image-pipeline": ["platform"],
  // GetDistributionConfiguration answers with a time-out that no request takes.
  "distribution-configuration": ["timeoutMinutes"],
};
/** Set at the creation only. */
const FIXED = ["name", "tags", "resourceType"];

/** The members UpdateX takes, unknown ones included. */
export function writableMembers(kind: ResourceKind, content: JsonObject): JsonObject {
  const fixed = kind === "lifecycle-policy" ? FIXED.filter((member) => member !== "resourceType") : FIXED;
  return withoutEmpty(without(content, [...READ_ONLY, ...(READ_ONLY_IN[kind] ?? []), ...fixed]));
}

/**
 * A resource as the input of CreateX: for a form that edits it, a new version or a clone. The number of a version
 * becomes `semanticVersion`.
 */
export function toCreateInput(kind: ResourceKind, content: JsonObject): JsonObject {
  const { version } = content;
  const kept = withoutEmpty(without(content, [...READ_ONLY, ...(READ_ONLY_IN[kind] ?? [])]));
  const own = { ...kept, ...withoutAwsTags(kept, "tags"), ...withoutAwsTags(kept, "imageTags") };
  return typeof version === "string" ? { ...own, semanticVersion: version } : own;
}

/** Tags that AWS services set for themselves: requests that name them are refused. */
function withoutAwsTags(content: JsonObject, member: "tags" | "imageTags"): JsonObject {
  const tags = content[member];
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return {};
  return { [member]: Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:"))) };
}

const without = (content: JsonObject, members: string[]): JsonObject =>
  Object.fromEntries(Object.entries(content).filter(([member]) => !members.includes(member)));
