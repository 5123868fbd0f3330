"use client";
import { useEffect } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { CheckboxField } from "@/components/form/checkbox-field";
import { FormGroup } from "@/components/form/form-group";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextListField } from "@/components/form/text-list-field";

const UNITS = ["DAYS", "WEEKS", "MONTHS", "YEARS"].map((value) => ({ value, label: value.toLowerCase() }));

/** One rule: what happens, to what, when, and what is spared. */
export function LifecycleRuleFields({ path, isContainer }: { path: string; isContainer: boolean }) {
  const { setValue } = useFormContext();
  const action: unknown = useWatch({ name: `${path}.action.type` });
  const filter: unknown = useWatch({ name: `${path}.filter.type` });
  const isDelete = action === "DELETE";
  const isCount = filter === "COUNT";
  useEffect(() => {
    // AWS takes neither with a count, and the fields are not shown then.
    if (isCount) for (const member of ["unit", "retainAtLeast"]) setValue(`${path}.filter.${member}`, "");
  }, [isCount, path, setValue]);
  return (
    <>
      <SelectField
        name={`${path}.action.type`}
        label="Action"
        isRequired
        options={
          isContainer
            ? [{ value: "DELETE", label: "Delete" }]
            : [
                { value: "DEPRECATE", label: "Deprecate" },
                { value: "DISABLE", label: "Disable" },
                { value: "DELETE", label: "Delete" },
              ]
        }
      />
      <div className="grid content-start gap-1">
        <span className="font-[550]">Also delete</span>
        {isContainer ? (
          <CheckboxField name={`${path}.action.includeResources.containers`} label="containers in ECR" />
        ) : (
          <>
            <CheckboxField name={`${path}.action.includeResources.amis`} label="AMIs" />
            {isDelete && (
              <CheckboxField name={`${path}.action.includeResources.snapshots`} label="AMI snapshots" />
            )}
          </>
        )}
      </div>
      <SelectField
        name={`${path}.filter.type`}
        label="When"
        isRequired
        options={[
          { value: "AGE", label: "older than" },
          ...(isDelete || isCount ? [{ value: "COUNT", label: "more images than" }] : []),
        ]}
      />
      <NumberField
        name={`${path}.filter.value`}
        label={isCount ? "Images kept" : "Age"}
        isRequired
        hint="1 to 1,000."
      />
      {!isCount && (
        <>
          <SelectField name={`${path}.filter.unit`} label="Unit" isRequired options={UNITS} />
          {isDelete && (
            <NumberField
              name={`${path}.filter.retainAtLeast`}
              label="Keep at least"
              hint="Latest 1–10 images of each recipe version, regardless of age."
            />
          )}
        </>
      )}
      <div className="-mx-3 sm:col-span-2">
        <FormGroup title="Exclusions" paths={[`${path}.exclusionRules`]}>
          <TagFields
            name={`${path}.exclusionRules.tagMap`}
            label="Images with a tag"
            hint="Any of these tags."
          />
          {!isContainer && (
            <>
              <TagFields name={`${path}.exclusionRules.amis.tagMap`} label="Images with an AMI tag" />
              <TextListField
                name={`${path}.exclusionRules.amis.regions`}
                label="Images with an AMI in"
                addLabel="Add a Region"
              />
              <TextListField
                name={`${path}.exclusionRules.amis.sharedAccounts`}
                label="Images shared with accounts"
                addLabel="Add an account"
              />
              <CheckboxField name={`${path}.exclusionRules.amis.isPublic`} label="Images with a public AMI" />
              <div className="grid grid-cols-2 gap-x-4">
                <NumberField
                  name={`${path}.exclusionRules.amis.lastLaunched.value`}
                  label="Launched within"
                  hint="AMIs that were never launched aren't excluded."
                />
                <SelectField
                  name={`${path}.exclusionRules.amis.lastLaunched.unit`}
                  label="Unit"
                  none="None"
                  options={UNITS}
                />
              </div>
            </>
          )}
        </FormGroup>
      </div>
    </>
  );
}
