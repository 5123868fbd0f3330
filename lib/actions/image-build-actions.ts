"use server";
import type { ActionResult } from "@/lib/image-builder/action-result";
import { cancelImageBuild } from "@/lib/image-builder/image-builds/cancel-image-build";
import { retryImageBuild } from "@/lib/image-builder/image-builds/retry-image-build";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { writeAction } from "./write-action";

/** Asks AWS to stop the build; it ends a little later, and leaves what it made so far. */
export async function cancelBuildAction(request: {
  target: string;
  key: ImageBuildKey;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, { key }) => cancelImageBuild({ ctx, input: key }));
}

/** Resumes a failed or cancelled build at its test or distribution stage, as the same build. */
export async function retryBuildAction(request: {
  target: string;
  key: ImageBuildKey;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, { key }) => retryImageBuild({ ctx, input: key }));
}
