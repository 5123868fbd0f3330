"use client";
import { useFieldArray } from "react-hook-form";
import { CheckboxField } from "@/components/form/checkbox-field";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { VOLUME_TYPES } from "@/lib/definitions/field-facts";

/** The volumes of the image; without any, those of the base image. */
export function VolumeFields({ name }: { name: string }) {
  const { fields, append, remove } = useFieldArray({ name });
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-[550]">
        Volumes <span className="font-normal text-ink-3">optional; defaults to the base image</span>
      </legend>
      {fields.map(({ id }, index) => {
        const at = (member: string) => `${name}.${index}.${member}`;
        return (
          <div key={id} className="grid gap-3 rounded-[5px] border border-line p-3">
            <div className="grid gap-3 sm:grid-cols-4">
              <TextField name={at("deviceName")} label="Device" isMono placeholder="/dev/xvda" />
              <NumberField name={at("ebs.volumeSize")} label="Size" unit="GiB" />
              <SelectField
                name={at("ebs.volumeType")}
                label="Type"
                none="AWS default"
                options={VOLUME_TYPES.map((value) => ({ value, label: value }))}
              />
              <NumberField name={at("ebs.iops")} label="IOPS" />
            </div>
            <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
              <CheckboxField name={at("ebs.encrypted")} label="Encrypted" />
              <CheckboxField name={at("ebs.deleteOnTermination")} label="Deleted with the instance" />
              <span className="flex-1" />
              <Button variant="quiet" onClick={() => remove(index)}>
                Remove volume
              </Button>
            </div>
            <details>
              <summary className="cursor-pointer text-ink-3 text-xs">Key, throughput, snapshot</summary>
              <div className="mt-2 grid gap-3 sm:grid-cols-3">
                <TextField name={at("ebs.kmsKeyId")} label="KMS key" isMono />
                <NumberField name={at("ebs.throughput")} label="Throughput" unit="MiB/s" />
                <TextField name={at("ebs.snapshotId")} label="Snapshot" isMono placeholder="snap-" />
              </div>
            </details>
          </div>
        );
      })}
      <div>
        <Button
          onClick={() =>
            append({
              deviceName: fields.length === 0 ? "/dev/xvda" : "",
              ebs: { volumeType: "gp3", encrypted: true, deleteOnTermination: true },
            })
          }
        >
          Add a volume
        </Button>
      </div>
    </fieldset>
  );
}
