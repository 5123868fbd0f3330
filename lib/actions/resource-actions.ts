"use server";
import type { ActionResult } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";
import { planBulkDeletion } from "@/lib/fleet/clean-up/plan-bulk-deletion";
import type { BulkDeletionPlan } from "@/lib/fleet/clean-up/types";
import { importComponent } from "@/lib/image-builder/build-components/import-component";
import { checkResource } from "@/lib/image-builder/resources/check-resource";
import { createResource } from "@/lib/image-builder/resources/create-resource";
import { deleteResource } from "@/lib/image-builder/resources/delete-resource";
import { setResourceTags } from "@/lib/image-builder/resources/set-resource-tags";
import { updateResource } from "@/lib/image-builder/resources/update-resource";
import { writeAction } from "./write-action";

/** Creates a resource or a version of one. Sending one `clientToken` again does not make a second one. */
export async function createResourceAction(request: {
  target: string;
  kind: ResourceKind;
  input: JsonObject;
  clientToken: string;
}): Promise<ActionResult<{ arn: string }>> {
  return writeAction(request, (ctx, input) => createResource({ ctx, input }));
}

/** Makes a component of a shell script. Sending one `clientToken` again does not make a second one. */
export async function importComponentAction(request: {
  target: string;
  input: JsonObject;
  clientToken: string;
}): Promise<ActionResult<{ arn: string }>> {
  return writeAction(request, (ctx, input) => importComponent({ ctx, input }));
}

/** Has AWS check a component or workflow without creating it. */
export async function checkResourceAction(request: {
  target: string;
  kind: "component" | "workflow";
  input: JsonObject;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => checkResource({ ctx, input }));
}

/** Replaces a resource as a whole; refused when it changed since `basedOn`. */
export async function updateResourceAction(request: {
  target: string;
  kind: ResourceKind;
  name: string;
  input: JsonObject;
  basedOn?: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => updateResource({ ctx, input }));
}

/** Deletes a resource; of a component or workflow version all builds of it. */
export async function deleteResourceAction(request: {
  target: string;
  kind: ResourceKind;
  arn: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deleteResource({ ctx, input }));
}

/** Which versions of some names can be deleted, in a safe order, and which stay and why. Changes nothing. */
export async function planBulkDeletionAction(request: {
  target: string;
  resources: { kind: ResourceKind; name: string }[];
}): Promise<ActionResult<BulkDeletionPlan>> {
  return writeAction(request, (ctx, input) => planBulkDeletion({ ctx, input }));
}

/** Gives a resource exactly these tags. */
export async function setResourceTagsAction(request: {
  target: string;
  arn: string;
  tags: Record<string, string>;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => setResourceTags({ ctx, input }));
}
