import type { Route } from "next";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { RESOURCE_KINDS, type ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { AuditTrailRow } from "./types";

const PIPELINE_ACTIONS = new Set(["run-pipeline", "set-pipeline-status", "set-freshness-target"]);

/** What a row is about: its kind in words, its name, and its page. What the row does not say is left out. */
export function auditSubject({ action, resource, input, targetId }: AuditTrailRow): {
  kind?: string;
  name?: string;
  href?: Route;
} {
  if (resource === undefined) return {};
  const arn = parseImageBuilderArn(resource);
  const said = arn?.kind ?? (PIPELINE_ACTIONS.has(action) ? "image-pipeline" : kindOf(input));
  const kind = RESOURCE_KINDS.find((known) => known === said);
  const name = arn?.name ?? resource;
  if (arn?.kind === "image") {
    const { version, build } = arn;
    const title = [name, [version, build].filter(Boolean).join("/")].filter(Boolean).join(" ");
    if (!targetId || !version || !build) return { kind: "image", name: title };
    return { kind: "build", name: title, href: urls.imageBuild(targetId, { name, version, build }) };
  }
  if (!kind) return { name: resource };
  const gone = action === "delete-resource";
  return {
    kind: KIND_FACTS[kind].one,
    name: arn?.version ? `${name} ${arn.version}` : name,
    ...(targetId && !gone && { href: pageOf(targetId, kind, name, arn?.version) }),
  };
}

const pageOf = (target: string, kind: ResourceKind, name: string, version: string | undefined): Route =>
  urls.resource(target, { kind, name, ...(version !== undefined && { version }) });

const kindOf = (input: unknown): unknown =>
  typeof input === "object" && input !== null && "kind" in input ? input.kind : undefined;
