"use client";
import { useEffect } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/form/choice-field";
import { FormGroup } from "@/components/form/form-group";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";

/** Where a container image goes in one Region. */
export function ContainerFields({
  target,
  at,
  region,
  isOpen,
}: {
  target: string;
  at: string;
  region?: string;
  isOpen: boolean;
}) {
  const path = `${at}containerDistributionConfiguration.`;
  const fields = (
    <>
      <RepositoryService path={path} />
      <ChoiceField
        target={target}
        kind="repositories"
        region={region}
        name={`${path}targetRepository.repositoryName`}
        label="ECR repository"
        isRequired={isOpen}
        placeholder="platform/base"
        hint="Must exist in this Region."
      />
      <TextField name={`${path}description`} label="Image description" />
      <TextListField
        name={`${path}containerTags`}
        label="Container tags"
        addLabel="Add a container tag"
        placeholder="latest"
      />
    </>
  );
  if (isOpen) return <div className="grid gap-x-4 gap-y-3.5 px-3.5 pb-4 sm:grid-cols-2">{fields}</div>;
  return (
    <FormGroup title="Container image" paths={[path.slice(0, -1)]}>
      {fields}
    </FormGroup>
  );
}

/** AWS wants the kind of registry beside the name, and knows one kind. */
function RepositoryService({ path }: { path: string }) {
  const { setValue } = useFormContext();
  const repository: unknown = useWatch({ name: `${path}targetRepository.repositoryName` });
  const service: unknown = useWatch({ name: `${path}targetRepository.service` });
  useEffect(() => {
    if (repository && !service) setValue(`${path}targetRepository.service`, "ECR");
    if (!repository && service === "ECR") setValue(`${path}targetRepository.service`, "");
  }, [repository, service, path, setValue]);
  return null;
}
