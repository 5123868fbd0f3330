"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { get, useFieldArray, useFormContext } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { FormSection, Wide } from "@/components/form/form-section";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { regionLike } from "@/lib/definitions/region-like";
import type { JsonObject } from "@/lib/definitions/types";
import { RegionFields } from "./region-fields";

/** Loaded with the third Region. */
const RegionTable = dynamic(() => import("./region-table").then(({ RegionTable: table }) => table));
/** So few Regions are seen at once; more are a table, whose rows open. */
const MOST_WITHOUT_TABLE = 2;

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
  const { getValues, formState } = useFormContext();
  const name = `${at}distributions`;
  const { fields, append, remove } = useFieldArray({ name });
  const noRegion = useFieldError(name);
  const isTable = fields.length > MOST_WITHOUT_TABLE;
  const [closed, setClosed] = useState<ReadonlySet<string>>(
    () => new Set(isTable ? fields.map(({ id }) => id) : []),
  );
  // What is wrong in a Region is said at its field, so that is shown.
  const isOpen = (id: string, index: number) =>
    !isTable || !closed.has(id) || get(formState.errors, `${name}.${index}`) !== undefined;
  const toggle = (id: string) =>
    setClosed((known) => new Set(known.has(id) ? [...known].filter((one) => one !== id) : [...known, id]));
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
      {isTable && (
        <RegionTable
          name={name}
          ids={fields.map(({ id }) => id)}
          isOpen={isOpen}
          onToggle={toggle}
          onRemove={remove}
        />
      )}
      {fields.map(
        ({ id }, index) =>
          isOpen(id, index) && (
            <RegionFields
              key={id}
              target={target}
              at={`${name}.${index}.`}
              position={index}
              output={output}
              onRemove={() => remove(index)}
            />
          ),
      )}
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
