import "server-only";
import { rawJson } from "@/lib/aws/raw-json";
import type { ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { RESOURCE_CALLS } from "./resource-calls";

/** Versions of recipes, components and workflows do not change, but for their tags and state. */
const VERSION_FRESH_FOR_MS = 60_000;

/**
 * All members of one resource as AWS gives them. Throws `not-found`; with `forLists`, `slowed-by-aws` when the calls
 * for lists are used up.
 */
export async function readResource(
  { aws }: UseCaseContext,
  kind: ResourceKind,
  arn: string,
  { forLists = false }: { forLists?: boolean } = {},
): Promise<JsonObject> {
  const { get, getMember } = RESOURCE_CALLS[kind];
  const options = { forLists, ...(KIND_FACTS[kind].versioned && { freshForMs: VERSION_FRESH_FOR_MS }) };
  const answer = await aws.imageBuilder.read(get(arn), options);
  return (rawJson(answer)?.[getMember] ?? {}) as JsonObject;
}
