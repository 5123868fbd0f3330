"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import { distributionSchema } from "@/lib/definitions/distribution-schemas";
import type { Resource } from "@/lib/definitions/types";
import { DistributionFields } from "./distribution-fields";

export function EditDistribution({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={distributionSchema}>
      <DistributionFields target={target} isExisting />
    </EditResourceForm>
  );
}
