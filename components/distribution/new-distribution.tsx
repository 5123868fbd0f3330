"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { distributionSchema } from "@/lib/definitions/distribution-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { DistributionFields } from "./distribution-fields";

export function NewDistribution({ target, defaultValues }: { target: string; defaultValues: JsonObject }) {
  return (
    <CreateResourceForm
      target={target}
      kind="distribution-configuration"
      schema={distributionSchema}
      defaultValues={defaultValues}
    >
      <DistributionFields target={target} />
    </CreateResourceForm>
  );
}
