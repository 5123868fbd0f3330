import "server-only";
import { cutText } from "@/lib/core/canonical-text";
import type { ResourceKind } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getResource } from "./get-resource";

const MAX_NAME = 128;

/**
 * What the form of a new resource begins with: every member of the one called `from` under another name, or
 * nothing. Throws `not-found`.
 */
export async function copyOfResource(
  ctx: UseCaseContext,
  kind: ResourceKind,
  from: string | undefined,
): Promise<JsonObject> {
  if (!from) return {};
  const { content, name } = await getResource({ ctx, input: { kind, name: from } });
  return { ...toCreateInput(kind, content), name: `${cutText(name, MAX_NAME - "-copy".length)}-copy` };
}
