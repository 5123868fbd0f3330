"use client";
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

/**
 * The pipeline's own fields within a form. `at` is where they stand in its values, ending with a dot. With
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
  return (
    <>
      <FormSection title="The pipeline">
        <TextField
          name={`${at}name`}
          label="Name"
          isRequired
          isReadOnly={isExisting}
          placeholder="web-base"
        />
        <SelectField
          name={`${at}status`}
          label="Status"
          none={isExisting ? undefined : "Enabled"}
          options={[
            ...(isExisting ? [{ value: "ENABLED", label: "Enabled" }] : []),
            { value: "DISABLED", label: "Disabled: its schedule starts nothing" },
          ]}
        />
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
      <FormSection title="Tests and scan">
        <Wide>
          <CheckboxField
            name={`${at}imageTestsConfiguration.imageTestsEnabled`}
            label="Test the image before it is distributed"
            initial
          />
          <CheckboxField
            name={`${at}enhancedImageMetadataEnabled`}
            label="Collect operating system and package list of the image"
            initial
          />
          <CheckboxField
            name={`${at}imageScanningConfiguration.imageScanningEnabled`}
            label="Scan the image for vulnerabilities"
            hint="Needs Amazon Inspector in this account; Inspector is charged for."
          />
        </Wide>
        <NumberField
          name={`${at}imageTestsConfiguration.timeoutMinutes`}
          label="Test time-out"
          unit="minutes, 720 unless given"
        />
      </FormSection>
      <FormGroup title="Scan of containers" paths={[`${at}imageScanningConfiguration.ecrConfiguration`]}>
        <ChoiceField
          target={target}
          kind="repositories"
          name={`${at}imageScanningConfiguration.ecrConfiguration.repositoryName`}
          label="ECR repository for scans"
          hint="The image is pushed there for Inspector to look at. AWS uses one of its own unless told."
        />
        <TextListField
          name={`${at}imageScanningConfiguration.ecrConfiguration.containerTags`}
          label="Tags of scanned containers"
          addLabel="Add a tag"
        />
      </FormGroup>
      <FormGroup title="Workflows and execution role" paths={[`${at}workflows`, `${at}executionRole`]}>
        <PipelineWorkflowFields target={target} at={at} />
      </FormGroup>
      <FormGroup title="Log groups" paths={[`${at}loggingConfiguration`]}>
        <TextField
          name={`${at}loggingConfiguration.imageLogGroupName`}
          label="Log group of builds"
          isMono
          placeholder="/aws/imagebuilder/web-base"
        />
        <TextField
          name={`${at}loggingConfiguration.pipelineLogGroupName`}
          label="Log group of the pipeline"
          isMono
          placeholder="/aws/imagebuilder/pipeline/web-base"
        />
      </FormGroup>
      <FormGroup title="Tags" paths={[`${at}imageTags`, ...(isExisting ? [] : [`${at}tags`])]}>
        <TagFields name={`${at}imageTags`} label="Image tags" hint="On each image this pipeline makes." />
        {!isExisting && <TagFields name={`${at}tags`} label="Tags" hint="On the pipeline itself." />}
      </FormGroup>
    </>
  );
}
