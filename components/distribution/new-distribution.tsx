"use client";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import type { JsonObject } from "@/lib/image-builder/definitions/types";
import { distributionSchema } from "@/lib/image-builder/distribution/schemas";
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
