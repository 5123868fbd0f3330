"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import type { JsonObject } from "@/lib/image-builder/definitions/types";
import { infrastructureSchema } from "@/lib/image-builder/infrastructure/schemas";
import { InfrastructureFields } from "./infrastructure-fields";

export function NewInfrastructure({ target, defaultValues }: { target: string; defaultValues: JsonObject }) {
  return (
    <CreateResourceForm
      target={target}
      kind="infrastructure-configuration"
      schema={infrastructureSchema}
      defaultValues={defaultValues}
    >
      <InfrastructureFields target={target} />
    </CreateResourceForm>
  );
}
