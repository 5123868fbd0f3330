"use client";
import { CheckboxField } from "@/components/form/checkbox-field";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { ScheduleFields } from "./schedule-fields";

/** The pipeline's own fields; its parts are the other steps. */
export function DetailsFields() {
  return (
    <div className="grid gap-5">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField name="details.name" label="Name" isRequired placeholder="web-base" />
        <SelectField
          name="details.status"
          label="Status"
          none="Enabled"
          options={[{ value: "DISABLED", label: "Disabled: its schedule starts nothing" }]}
        />
      </div>
      <TextField name="details.description" label="Description" />
      <ScheduleFields />
      <div className="grid gap-2">
        <CheckboxField
          name="details.imageTestsConfiguration.imageTestsEnabled"
          label="Test the image before it is distributed"
          initial
        />
        <CheckboxField
          name="details.enhancedImageMetadataEnabled"
          label="Collect operating system and package list of the image"
          initial
        />
        <CheckboxField
          name="details.imageScanningConfiguration.imageScanningEnabled"
          label="Scan the image for vulnerabilities"
          hint="Needs Amazon Inspector in this account; Inspector is charged for."
        />
      </div>
      <details className="rounded-[5px] border border-line px-3 py-2">
        <summary className="cursor-pointer text-ink-2">More settings</summary>
        <div className="mt-3 grid gap-4">
          <NumberField
            name="details.imageTestsConfiguration.timeoutMinutes"
            label="Test time-out"
            unit="minutes, 720 unless given"
          />
          <TextField
            name="details.executionRole"
            label="Execution role"
            isMono
            hint="Needed for custom workflows and for log groups outside /aws/imagebuilder/."
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              name="details.loggingConfiguration.imageLogGroupName"
              label="Log group of builds"
              isMono
            />
            <TextField
              name="details.loggingConfiguration.pipelineLogGroupName"
              label="Log group of the pipeline"
              isMono
            />
          </div>
          <TagFields name="details.imageTags" label="Image tags" hint="On each image this pipeline makes." />
          <TagFields name="details.tags" label="Tags" hint="On the pipeline itself." />
        </div>
      </details>
    </div>
  );
}
