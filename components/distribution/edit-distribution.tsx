"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import type { Resource } from "@/lib/image-builder/definitions/types";
import { distributionSchema } from "@/lib/image-builder/distribution/schemas";
import { DistributionFields } from "./distribution-fields";

export function EditDistribution({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={distributionSchema}>
      <DistributionFields target={target} isExisting />
    </EditResourceForm>
  );
}
