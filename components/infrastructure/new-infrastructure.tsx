"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { infrastructureSchema } from "@/lib/definitions/infrastructure-schemas";
import type { JsonObject } from "@/lib/definitions/types";
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
