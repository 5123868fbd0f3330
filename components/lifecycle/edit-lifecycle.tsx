"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import { lifecyclePolicySchema } from "@/lib/definitions/lifecycle-schemas";
import type { Resource } from "@/lib/definitions/types";
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
