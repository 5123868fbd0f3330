"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { lifecyclePolicySchema } from "@/lib/definitions/lifecycle-schemas";
import type { JsonObject } from "@/lib/definitions/types";
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
