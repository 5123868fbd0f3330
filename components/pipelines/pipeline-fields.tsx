"use client";
import { AllSettings } from "@/components/form/all-settings";
import { CheckboxField } from "@/components/form/checkbox-field";
import { ChoiceField } from "@/components/form/choice-field";
import { FormGroup } from "@/components/form/form-group";
import { FormSection, Wide } from "@/components/form/form-section";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";
import { PipelinePartFields } from "./pipeline-part-fields";
import { PipelineWorkflowFields } from "./pipeline-workflow-fields";
import { ScheduleFields } from "./schedule-fields";

/** The members that the form of a new pipeline folds away. */
const LATER = [
  ...["status", "imageTestsConfiguration", "enhancedImageMetadataEnabled", "imageScanningConfiguration"],
  ...["workflows", "executionRole", "loggingConfiguration", "imageTags", "tags"],
];

/**
 * Pipeline's own fields within a form. `at` is where they stand in its values, ending with a dot. With
 * `isExisting` its parts are chosen here too, and its name and tags are not the form's to change.
 */
export function PipelineFields({
  target,
  at = "",
  isExisting = false,
}: {
  target: string;
  at?: string;
  isExisting?: boolean;
}) {
  const status = (
    <SelectField
      name={`${at}status`}
      label="Status"
      none={isExisting ? undefined : "Enabled"}
      options={[
        ...(isExisting ? [{ value: "ENABLED", label: "Enabled" }] : []),
        { value: "DISABLED", label: "Disabled (scheduled builds don't run)" },
      ]}
    />
  );
  const more = (
    <>
      <FormSection title="Tests and scanning">
        <Wide>
          <CheckboxField
            name={`${at}imageTestsConfiguration.imageTestsEnabled`}
            label="Test the image before it is distributed"
            initial
          />
          <CheckboxField
            name={`${at}enhancedImageMetadataEnabled`}
            label="Collect the operating system and package list of the image"
            initial
          />
          <CheckboxField
            name={`${at}imageScanningConfiguration.imageScanningEnabled`}
            label="Scan the image for vulnerabilities"
            hint="Requires Amazon Inspector in this account. Inspector charges apply."
          />
        </Wide>
        <NumberField
          name={`${at}imageTestsConfiguration.timeoutMinutes`}
          label="Test timeout"
          unit="minutes (default 720)"
        />
      </FormSection>
      <FormGroup title="Container scanning" paths={[`${at}imageScanningConfiguration.ecrConfiguration`]}>
        <ChoiceField
          target={target}
          kind="repositories"
          name={`${at}imageScanningConfiguration.ecrConfiguration.repositoryName`}
          label="ECR repository for scans"
          hint="Images are pushed here for Inspector to scan. Default: a repository managed by AWS."
        />
        <TextListField
          name={`${at}imageScanningConfiguration.ecrConfiguration.containerTags`}
          label="Tags for scanned containers"
          addLabel="Add a tag"
        />
      </FormGroup>
      <FormGroup title="Workflows and execution role" paths={[`${at}workflows`, `${at}executionRole`]}>
        <PipelineWorkflowFields target={target} at={at} />
      </FormGroup>
      <FormGroup title="Log groups" paths={[`${at}loggingConfiguration`]}>
        <TextField
          name={`${at}loggingConfiguration.imageLogGroupName`}
          label="Build log group"
          isMono
          placeholder="/aws/imagebuilder/web-base"
        />
        <TextField
          name={`${at}loggingConfiguration.pipelineLogGroupName`}
          label="Pipeline log group"
          isMono
          placeholder="/aws/imagebuilder/pipeline/web-base"
        />
      </FormGroup>
      <FormGroup title="Tags" paths={[`${at}imageTags`, ...(isExisting ? [] : [`${at}tags`])]}>
        <TagFields
          name={`${at}imageTags`}
          label="Image tags"
          hint="Applied to each image of this pipeline."
        />
        {!isExisting && <TagFields name={`${at}tags`} label="Tags" hint="Applied to the pipeline." />}
      </FormGroup>
    </>
  );
  return (
    <>
      <FormSection title="Pipeline">
        <TextField
          name={`${at}name`}
          label="Name"
          isRequired
          isReadOnly={isExisting}
          placeholder="web-base"
        />
        {isExisting && status}
        <Wide>
          <TextField name={`${at}description`} label="Description" />
        </Wide>
      </FormSection>
      <FormSection title="Runs">
        <Wide>
          <ScheduleFields target={target} at={at} />
        </Wide>
      </FormSection>
      {isExisting && <PipelinePartFields target={target} at={at} />}
      {isExisting ? (
        more
      ) : (
        <AllSettings paths={LATER.map((member) => `${at}${member}`)}>
          <FormSection title="Status">{status}</FormSection>
          {more}
        </AllSettings>
      )}
    </>
  );
}
