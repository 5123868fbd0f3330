"use server";
import type { ActionResult } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";
import { previewLifecyclePolicy } from "@/lib/image-builder/lifecycle/preview-lifecycle-policy";
import type { LifecyclePreview } from "@/lib/image-builder/lifecycle/types";
import { writeAction } from "./write-action";

/** What the next run of a policy would do; changes nothing. */
export async function previewLifecycleAction(request: {
  target: string;
  policy: JsonObject;
}): Promise<ActionResult<LifecyclePreview>> {
  return writeAction(request, (ctx, input) => previewLifecyclePolicy({ ctx, input }));
}
