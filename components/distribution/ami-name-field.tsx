"use client";
import { useFormContext, useWatch } from "react-hook-form";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { BUILD_DATE } from "@/lib/definitions/field-facts";

/** An AMI name is used once in a Region and account, so each build's must hold its date. */
export function AmiNameField({ name }: { name: string }) {
  const { setValue } = useFormContext();
  const typed: unknown = useWatch({ name });
  const value = typeof typed === "string" ? typed : "";
  const addDate = () =>
    setValue(name, `${value} {{ imagebuilder:buildDate }}`.trim(), {
      shouldDirty: true,
      shouldValidate: true,
    });
  return (
    <div className="grid content-start gap-1.5">
      <TextField
        name={name}
        label="AMI name"
        isMono
        placeholder="web-base {{ imagebuilder:buildDate }}"
        hint="Default: image name and timestamp."
      />
      {value !== "" && !BUILD_DATE.test(value) && (
        <div>
          <Button onClick={addDate}>Add the build date</Button>
        </div>
      )}
    </div>
  );
}
