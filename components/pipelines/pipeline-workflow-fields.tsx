"use client";
import { useQuery } from "@tanstack/react-query";
import { ChoiceField } from "@/components/form/choice-field";
import { ComboField } from "@/components/form/combo-field";
import { Wide } from "@/components/form/form-section";
import { RowsField } from "@/components/form/rows-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";
import { resourcesQuery } from "@/lib/queries/resources";

/** Workflows that run in place of AWS's own, in this order, and the role they run as. */
export function PipelineWorkflowFields({ target, at }: { target: string; at: string }) {
  const { data: own = [] } = useQuery(resourcesQuery(target, "workflow"));
  const { data: amazon = [] } = useQuery(resourcesQuery(target, "workflow", "Amazon"));
  const choices = [...own, ...amazon].map(({ arn, name, version, type, owner }) => ({
    value: arn,
    label: `${name} ${version ?? ""}`,
    detail: [type?.toLowerCase(), owner === "Amazon" ? "Amazon's" : "yours"].filter(Boolean).join(", "),
  }));
  return (
    <Wide>
      <ChoiceField
        target={target}
        kind="roles"
        name={`${at}executionRole`}
        label="Execution role"
        hint="Required for custom workflows and for log groups outside /aws/imagebuilder/."
      />
      <RowsField
        name={`${at}workflows`}
        label="Workflows"
        one="workflow"
        newRow={{ workflowArn: "" }}
        hint="If empty, AWS's default workflows build, test, and distribute."
      >
        {(path) => (
          <>
            <Wide>
              <ComboField name={`${path}.workflowArn`} label="Workflow" isRequired choices={choices} />
            </Wide>
            <TextField
              name={`${path}.parallelGroup`}
              label="Parallel group"
              hint="Test workflows in the same group run in parallel."
            />
            <SelectField
              name={`${path}.onFailure`}
              label="On failure"
              none="AWS default for its type"
              options={[
                { value: "ABORT", label: "The build fails" },
                { value: "CONTINUE", label: "The build continues" },
              ]}
            />
            <Wide>
              <RowsField
                name={`${path}.parameters`}
                label="Parameters"
                one="parameter"
                newRow={{ name: "", value: [""] }}
              >
                {(parameter) => (
                  <>
                    <TextField name={`${parameter}.name`} label="Parameter" isRequired isMono />
                    <TextListField
                      name={`${parameter}.value`}
                      label="Values"
                      isRequired
                      addLabel="Add a value"
                    />
                  </>
                )}
              </RowsField>
            </Wide>
          </>
        )}
      </RowsField>
    </Wide>
  );
}
