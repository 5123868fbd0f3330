"use client";
import { useEffect } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/form/choice-field";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";

/** Where a container image goes in one Region. */
export function ContainerFields({
  target,
  at,
  region,
  isRequired,
}: {
  target: string;
  at: string;
  region?: string;
  isRequired: boolean;
}) {
  const path = `${at}containerDistributionConfiguration.`;
  return (
    <>
      <RepositoryService path={path} />
      <ChoiceField
        target={target}
        kind="repositories"
        region={region}
        name={`${path}targetRepository.repositoryName`}
        label="ECR repository"
        isRequired={isRequired}
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
