import "server-only";
import { starterDocuments } from "@/lib/component-document/starter-documents";
import { cutText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import { nextVersion } from "@/lib/definitions/resource-versions";
import type { JsonObject } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { starterWorkflows } from "@/lib/workflow-document/starter-workflows";
import { getResource } from "./get-resource";

export type DocumentDraft = {
  values: JsonObject;
  /** The version that a new one is made from. */
  previous?: { name: string; version: string; text?: string; dependents: number };
  takenVersions: string[];
};
type From = { name: string; version?: string; owner?: string; as: "version" | "copy" };

const MAX_NAME = 128;

/**
 * What the form of a new component or workflow begins with: a small good document, or everything of `from` as its
 * next version or as a copy. Throws `not-found`.
 */
export async function documentDraft(
  ctx: UseCaseContext,
  kind: "component" | "workflow",
  from?: From,
): Promise<DocumentDraft> {
  if (!from) return { values: { ...blank(kind), documentFrom: "text" }, takenVersions: [] };
  const { name, version, owner, as } = from;
  const resource = await getResource({ ctx, input: { kind, name, version, owner } });
  const { changeDescription: _said, ...input } = toCreateInput(kind, resource.content);
  const text = typeof resource.content.data === "string" ? resource.content.data : undefined;
  if (text === undefined) {
    throw new ConsoleFailure({
      code: "invalid",
      message: `${resource.name} can't be copied: the document isn't available from the publisher.`,
    });
  }
  if (as === "copy") return { values: copied(input, owner), takenVersions: [] };
  const takenVersions = resource.versions.flatMap((each) => each.version ?? []);
  return {
    values: { ...input, semanticVersion: nextVersion(takenVersions), documentFrom: "text" },
    previous: {
      name: resource.name,
      version: resource.version ?? "",
      text,
      dependents: resource.usedBy.length,
    },
    takenVersions,
  };
}

const blank = (kind: "component" | "workflow"): JsonObject =>
  kind === "component"
    ? { name: "", semanticVersion: "1.0.0", platform: "Linux", data: starterDocuments.Linux }
    : { name: "", semanticVersion: "1.0.0", type: "BUILD", data: starterWorkflows.BUILD };

/** Key and tags of another account's say nothing here. */
function copied({ kmsKeyId, tags, ...input }: JsonObject, owner: string | undefined): JsonObject {
  const own = owner === undefined || owner === "Self";
  const name = `${cutText(String(input.name ?? ""), MAX_NAME - "-copy".length)}-copy`;
  return {
    ...input,
    ...(own && kmsKeyId && { kmsKeyId }),
    ...(own && tags && { tags }),
    name,
    semanticVersion: "1.0.0",
    documentFrom: "text",
  };
}
