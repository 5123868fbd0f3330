"use client";
import { useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/form/choice-field";
import { FormSection, Wide } from "@/components/form/form-section";
import { RowsField } from "@/components/form/rows-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { trustsImageBuilder } from "@/lib/image-builder/choices/types";
import { LifecycleRuleFields } from "./lifecycle-rule-fields";
import { LifecycleScopeFields } from "./lifecycle-scope-fields";

/** The fields of a lifecycle policy; what it acts on is fixed once it exists. */
export function LifecycleFields({ target, isExisting = false }: { target: string; isExisting?: boolean }) {
  const resourceType: unknown = useWatch({ name: "resourceType" });
  const rules: unknown = useWatch({ name: "policyDetails" });
  const isContainer = resourceType === "CONTAINER_IMAGE";
  return (
    <>
      <FormSection title="Name and description">
        <TextField
          name="name"
          label="Name"
          isRequired
          isReadOnly={isExisting}
          placeholder="keep-two-months"
        />
        <TextField name="description" label="Description" />
        <SelectField
          name="resourceType"
          label="Applies to"
          isRequired
          isReadOnly={isExisting}
          hint={isExisting ? "Can't be changed after creation." : undefined}
          options={[
            { value: "AMI_IMAGE", label: "AMI images" },
            { value: "CONTAINER_IMAGE", label: "Container images" },
          ]}
        />
        <SelectField
          name="status"
          label="State"
          none="AWS default (enabled)"
          hint="An enabled policy runs once a day, at a time chosen by AWS."
          options={[
            { value: "ENABLED", label: "Enabled" },
            { value: "DISABLED", label: "Disabled" },
          ]}
        />
        <Wide>
          <ChoiceField
            target={target}
            kind="roles"
            only={trustsImageBuilder}
            name="executionRole"
            label="Execution role"
            isRequired
            placeholder="arn:aws:iam::111111111111:role/ImageBuilderLifecycle"
            hint="Must trust imagebuilder.amazonaws.com and have the policy EC2ImageBuilderLifecycleExecutionPolicy."
          />
        </Wide>
      </FormSection>
      <LifecycleScopeFields target={target} isContainer={isContainer} />
      <FormSection
        title="Rules"
        note="One rule per action. Order: deprecate, disable, delete; one action per image per run."
      >
        <Wide>
          <RowsField
            name="policyDetails"
            label="Rules"
            one="rule"
            newRow={newRule(isContainer, Array.isArray(rules) ? rules.length : 0)}
          >
            {(path) => <LifecycleRuleFields path={path} isContainer={isContainer} />}
          </RowsField>
        </Wide>
      </FormSection>
      {!isExisting && (
        <FormSection title="Tags">
          <Wide>
            <TagFields name="tags" label="Tags for this policy" />
          </Wide>
        </FormSection>
      )}
    </>
  );
}

const ACTIONS = ["DEPRECATE", "DISABLE", "DELETE"];

/** The next action that has no rule yet is a fair guess. */
const newRule = (isContainer: boolean, count: number) => {
  const type = isContainer ? "DELETE" : (ACTIONS[count] ?? "DELETE");
  return {
    action: { type, includeResources: isContainer ? { containers: true } : { amis: true } },
    filter: { type: "AGE", value: 30 * (count + 1), unit: "DAYS" },
  };
};
