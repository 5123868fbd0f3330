"use server";
import type { ActionResult } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";
import { cancelImageBuild } from "@/lib/image-builder/image-builds/cancel-image-build";
import { retryImageBuild } from "@/lib/image-builder/image-builds/retry-image-build";
import { deleteImageBuild } from "@/lib/image-builder/image-changes/delete-image-build";
import { setImageState } from "@/lib/image-builder/image-changes/set-image-state";
import { shareImageBuild } from "@/lib/image-builder/image-changes/share-image-build";
import type { ImageDeletion, ImageHolders, ImageStateChange } from "@/lib/image-builder/image-changes/types";
import { importImage } from "@/lib/image-builder/image-imports/import-image";
import { writeAction } from "./write-action";

/** Asks AWS to stop the build; it ends a little later, and leaves what it made so far. */
export async function cancelBuildAction(request: {
  target: string;
  key: ImageBuildKey;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, { key }) => cancelImageBuild({ ctx, input: key }));
}

/** Resumes a failed or canceled build at its test or distribution stage, as the same build. */
export async function retryBuildAction(request: {
  target: string;
  key: ImageBuildKey;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, { key }) => retryImageBuild({ ctx, input: key }));
}

/** Makes an image of a virtual machine or a disk file. Sending one `clientToken` again makes no second one. */
export async function importImageAction(request: {
  target: string;
  input: JsonObject;
  clientToken: string;
}): Promise<ActionResult<ImageBuildKey>> {
  return writeAction(request, (ctx, input) => importImage({ ctx, input }));
}

/** Deprecates or disables an image, or makes it available again. */
export async function setImageStateAction(
  request: { target: string } & ImageStateChange,
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => setImageState({ ctx, input }));
}

/** Lets exactly these accounts use an image and launch its AMIs. */
export async function shareImageAction(
  request: { target: string; key: ImageBuildKey } & ImageHolders,
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => shareImageBuild({ ctx, input }));
}

/** Deletes an image: its record, or with it what it made. */
export async function deleteImageAction(
  request: { target: string } & ImageDeletion,
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deleteImageBuild({ ctx, input }));
}
