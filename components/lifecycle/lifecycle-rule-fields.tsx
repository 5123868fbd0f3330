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
        <span className="font-[550]">Beside the image itself</span>
        {isContainer ? (
          <CheckboxField name={`${path}.action.includeResources.containers`} label="its containers in ECR" />
        ) : (
          <>
            <CheckboxField name={`${path}.action.includeResources.amis`} label="its AMIs" />
            {isDelete && (
              <CheckboxField name={`${path}.action.includeResources.snapshots`} label="their snapshots" />
            )}
          </>
        )}
      </div>
      <SelectField
        name={`${path}.filter.type`}
        label="When"
        isRequired
        options={[
          { value: "AGE", label: "it is older than" },
          ...(isDelete || isCount ? [{ value: "COUNT", label: "there are more than" }] : []),
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
              hint="The newest 1 to 10 of each recipe version, whatever their age."
            />
          )}
        </>
      )}
      <div className="-mx-3 sm:col-span-2">
        <FormGroup title="Spared images" paths={[`${path}.exclusionRules`]}>
          <TagFields
            name={`${path}.exclusionRules.tagMap`}
            label="Images with a tag"
            hint="One of them is enough."
          />
          {!isContainer && (
            <>
              <TagFields name={`${path}.exclusionRules.amis.tagMap`} label="Images whose AMI has a tag" />
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
              <CheckboxField
                name={`${path}.exclusionRules.amis.isPublic`}
                label="Images whose AMI is public"
              />
              <div className="grid grid-cols-2 gap-x-4">
                <NumberField
                  name={`${path}.exclusionRules.amis.lastLaunched.value`}
                  label="Launched within"
                  hint="An AMI that was never launched is not spared."
                />
                <SelectField
                  name={`${path}.exclusionRules.amis.lastLaunched.unit`}
                  label="Unit of it"
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
