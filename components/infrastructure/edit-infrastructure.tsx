"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import type { Resource } from "@/lib/image-builder/definitions/types";
import { infrastructureSchema } from "@/lib/image-builder/infrastructure/schemas";
import { InfrastructureFields } from "./infrastructure-fields";

export function EditInfrastructure({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={infrastructureSchema}>
      <InfrastructureFields target={target} isExisting />
    </EditResourceForm>
  );
}
