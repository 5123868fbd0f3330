"use client";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { FormSection, Wide } from "@/components/form/form-section";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { regionLike } from "@/lib/definitions/region-like";
import type { JsonObject } from "@/lib/definitions/types";
import { RegionFields } from "./region-fields";

/**
 * The fields of a distribution configuration within a form, Region by Region. `at` is where it stands in the
 * form's values, ending with a dot; `output` leaves out what the other kind of image needs.
 */
export function DistributionFields({
  target,
  at = "",
  isExisting = false,
  output,
}: {
  target: string;
  at?: string;
  isExisting?: boolean;
  output?: "AMI" | "DOCKER";
}) {
  const { getValues } = useFormContext();
  const name = `${at}distributions`;
  const { fields, append, remove } = useFieldArray({ name });
  const noRegion = useFieldError(name);
  const addRegion = () => {
    const called: unknown = getValues(`${at}name`);
    const neighbor: unknown = getValues(name)?.at(-1);
    append(
      neighbor
        ? regionLike(neighbor as JsonObject)
        : newRegion(output === "DOCKER" ? undefined : String(called || "image")),
    );
  };
  return (
    <>
      <FormSection title="Name and description">
        <TextField
          name={`${at}name`}
          label="Name"
          isRequired
          isReadOnly={isExisting}
          placeholder="all-regions"
        />
        <TextField name={`${at}description`} label="Description" />
        {!isExisting && (
          <Wide>
            <TagFields name={`${at}tags`} label="Tags for this configuration" />
          </Wide>
        )}
      </FormSection>
      {fields.map(({ id }, index) => (
        <RegionFields
          key={id}
          target={target}
          at={`${name}.${index}.`}
          position={index}
          output={output}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="grid justify-items-start gap-1.5 border-line border-t px-3.5 py-4">
        <Button onClick={addRegion}>Add a Region</Button>
        {fields.length > 0 && (
          <p className="m-0 text-ink-3 text-xs">
            It begins like the last Region, without its KMS key, launch templates, licenses, and S3 export.
          </p>
        )}
        {fields.length === 0 && (
          <p
            role={noRegion ? "alert" : undefined}
            className={`m-0 text-xs ${noRegion ? "text-fail" : "text-ink-3"}`}
          >
            {noRegion ?? "Add the Region where builds run first, then the Regions to copy the image to."}
          </p>
        )}
      </div>
    </>
  );
}

const newRegion = (imageName: string | undefined) => ({
  region: "",
  ...(imageName !== undefined && {
    amiDistributionConfiguration: { name: `${imageName} {{ imagebuilder:buildDate }}` },
  }),
});
