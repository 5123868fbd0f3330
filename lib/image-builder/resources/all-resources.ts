import "server-only";
import { collectPages } from "@/lib/aws/paginate";
import { rawJson } from "@/lib/aws/raw-json";
import type { ResourceKind, ResourceOwner } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { toResourceSummary } from "@/lib/definitions/to-resource-summary";
import type { JsonObject, ResourceSummary } from "@/lib/definitions/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { RESOURCE_CALLS } from "./resource-calls";

const OWN_FRESH_FOR_MS = 2_000;
/** What is read of the calls for lists: a long list must come together before its first pages are old. */
const LISTED_FRESH_FOR_MS = 60_000;
/** AWS's and third parties' lists change by the week. */
const OTHERS_FRESH_FOR_MS = 600_000;

/**
 * Every resource of a kind that `owner` has, as AWS lists them. `forLists`: of the calls for lists, see `ReadOptions`;
 * throws `slowed-by-aws` when they are used up.
 */
export async function allResources(
  { aws }: UseCaseContext,
  kind: ResourceKind,
  owner: ResourceOwner = "Self",
  { forLists = false }: { forLists?: boolean } = {},
): Promise<ResourceSummary[]> {
  const calls = RESOURCE_CALLS[kind];
  const asked = KIND_FACTS[kind].owners.length > 0 ? owner : undefined;
  const rows = await collectPages({
    load: async (nextToken) => {
      const page = await aws.imageBuilder.read(calls.list({ owner: asked, maxResults: 25, nextToken }), {
        forLists,
        freshForMs: forLists
          ? LISTED_FRESH_FOR_MS
          : owner === "Self" || owner === "Shared"
            ? OWN_FRESH_FOR_MS
            : OTHERS_FRESH_FOR_MS,
      });
      return { items: (rawJson(page)?.[calls.listMember] ?? []) as JsonObject[], next: page.nextToken };
    },
  });
  return rows.flatMap((row) => toResourceSummary(kind, row) ?? []);
}
