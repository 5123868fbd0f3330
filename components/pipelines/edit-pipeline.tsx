"use client";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import type { Resource } from "@/lib/image-builder/definitions/types";
import { pipelineSchema } from "@/lib/image-builder/pipelines/schemas";
import { PipelineFields } from "./pipeline-fields";

export function EditPipeline({ target, resource }: { target: string; resource: Resource }) {
  return (
    <EditResourceForm target={target} resource={resource} schema={pipelineSchema}>
      <PipelineFields target={target} isExisting />
    </EditResourceForm>
  );
}
