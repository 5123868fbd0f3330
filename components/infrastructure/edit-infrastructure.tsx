"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import { infrastructureSchema } from "@/lib/definitions/infrastructure-schemas";
import type { Resource } from "@/lib/definitions/types";
import { InfrastructureFields } from "./infrastructure-fields";

export function EditInfrastructure({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={infrastructureSchema}>
      <InfrastructureFields target={target} isExisting />
    </EditResourceForm>
  );
}
