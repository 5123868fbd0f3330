import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Action } from "@/lib/auth/permissions";
import { referencesOf } from "@/lib/definitions/resource-references";
import type { JsonObject } from "@/lib/definitions/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Stands for all names: no grant with a beginning of names covers it. */
const ANY_NAME = "*";

/** A policy deletes images, later and by itself: it takes what deleting them by hand takes. Throws `forbidden`. */
export async function authorizeLifecycleChange(
  ctx: UseCaseContext,
  name: string,
  policy: JsonObject,
): Promise<void> {
  await authorize(ctx, "change-lifecycle-policy", name);
  await authorizeSelection(ctx, "delete-image-build", policy);
}

/** Asks for `action` on the images of every recipe that a policy selects; tags may select anybody's. */
export async function authorizeSelection(
  ctx: UseCaseContext,
  action: Action,
  policy: JsonObject,
): Promise<void> {
  const names = referencesOf("lifecycle-policy", policy).map(({ name }) => name);
  if (names.length === 0 || hasTags(policy)) names.push(ANY_NAME);
  for (const name of names) await authorize(ctx, action, name);
}

function hasTags({ resourceSelection }: JsonObject): boolean {
  if (typeof resourceSelection !== "object" || resourceSelection === null || Array.isArray(resourceSelection))
    return false;
  return Object.keys(resourceSelection.tagMap ?? {}).length > 0;
}
