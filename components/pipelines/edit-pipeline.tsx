"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import { pipelineSchema } from "@/lib/definitions/pipeline-schemas";
import type { Resource } from "@/lib/definitions/types";
import { PipelineFields } from "./pipeline-fields";

export function EditPipeline({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={pipelineSchema}>
      <PipelineFields target={target} isExisting />
    </EditResourceForm>
  );
}
