"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import type { JsonObject } from "@/lib/image-builder/definitions/types";
import { lifecyclePolicySchema } from "@/lib/image-builder/lifecycle/schemas";
import { LifecycleDryRun } from "./lifecycle-dry-run";
import { LifecycleFields } from "./lifecycle-fields";

export function NewLifecycle({ target, defaultValues }: { target: string; defaultValues: JsonObject }) {
  return (
    <CreateResourceForm
      target={target}
      kind="lifecycle-policy"
      schema={lifecyclePolicySchema}
      defaultValues={{ resourceType: "AMI_IMAGE", ...defaultValues }}
    >
      <LifecycleFields target={target} />
      <LifecycleDryRun target={target} />
    </CreateResourceForm>
  );
}
