"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import type { Resource } from "@/lib/image-builder/definitions/types";
import { lifecyclePolicySchema } from "@/lib/image-builder/lifecycle/schemas";
import { LifecycleDryRun } from "./lifecycle-dry-run";
import { LifecycleFields } from "./lifecycle-fields";

export function EditLifecycle({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={lifecyclePolicySchema}>
      <LifecycleFields target={target} isExisting />
      <LifecycleDryRun target={target} />
    </EditResourceForm>
  );
}
