import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import type { Json, JsonObject, ResourceSummary } from "./types";

/** A row out of what AWS's lists and gets call by the same names. Undefined without an ARN. */
export function toResourceSummary(kind: ResourceKind, content: JsonObject): ResourceSummary | undefined {
  const { arn, name } = content;
  if (typeof arn !== "string") return undefined;
  const parsed = parseImageBuilderArn(arn);
  return {
    kind,
    arn,
    name: textOf(name) ?? parsed?.name ?? arn,
    version: textOf(content.version) ?? parsed?.version,
    description: textOf(content.description),
    platform: textOf(content.platform),
    supportedOs: textsOf(content.supportedOsVersions),
    instanceTypes: textsOf(content.instanceTypes),
    regions: textsOf(content.regions),
    type: textOf(content.type) ?? textOf(content.resourceType) ?? textOf(content.containerType),
    owner: textOf(content.owner),
    status: textOf(content.status),
    createdAt: instantOf(content.dateCreated),
    updatedAt: instantOf(content.dateUpdated),
    tags: tagsOf(content.tags),
  };
}

const textOf = (value: Json | undefined) => (typeof value === "string" && value !== "" ? value : undefined);

const textsOf = (value: Json | undefined) => (Array.isArray(value) ? value.map(String) : undefined);

/** Most dates are texts, those of lifecycle policies seconds since 1970. */
function instantOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const instant = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

const tagsOf = (value: Json | undefined): Record<string, string> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, tag]) => [key, String(tag)]))
    : {};
