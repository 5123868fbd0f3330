"use client";
import { useFieldArray, useFormContext } from "react-hook-form";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { imageBuilderArn } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import { useWizard } from "./wizard-context";

const DOCUMENT = `name: my-component
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - set -euo pipefail
            - echo "installed by Image Builder"
`;

/** Components made together with the pipeline. The recipe names them by the ARN they are going to have. */
export function NewComponents() {
  const { place } = useWizard();
  const { getValues, setValue } = useFormContext();
  const { fields, append, remove } = useFieldArray({ name: "components" });

  const arnAt = (index: number) => {
    const { name, semanticVersion } = getValues(`components.${index}`) ?? {};
    return imageBuilderArn(place, "component", String(name ?? ""), String(semanticVersion ?? ""));
  };
  const componentsOfRecipe = () => (getValues("recipe.input.components") ?? []) as { componentArn: string }[];
  const setRecipe = (components: { componentArn: string }[]) =>
    setValue("recipe.input.components", components, { shouldDirty: true });

  /** The name is a part of the ARN, so the recipe follows each letter of it. */
  const rename = (index: number, member: "name" | "semanticVersion", value: string) => {
    const before = arnAt(index);
    const { name, data } = getValues(`components.${index}`) as { name: string; data: string };
    // The document names itself too, until somebody has it say something else.
    if (member === "name" && data.startsWith(`name: ${name}\n`))
      setValue(
        `components.${index}.data`,
        data.replace(name, () => value),
        { shouldDirty: true },
      );
    setValue(`components.${index}.${member}`, value, { shouldDirty: true, shouldValidate: true });
    const after = arnAt(index);
    setRecipe(
      componentsOfRecipe().map((one) =>
        one.componentArn === before ? { ...one, componentArn: after } : one,
      ),
    );
  };
  const add = () => {
    // After the pipeline, so that the next one's does not meet it.
    const name = `${normalizeName(String(getValues("details.name") || "my"))}-component-${fields.length + 1}`;
    append({
      name,
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: DOCUMENT.replace("my-component", name),
    });
    setRecipe([
      ...componentsOfRecipe(),
      { componentArn: imageBuilderArn(place, "component", name, "1.0.0") },
    ]);
  };
  const drop = (index: number) => {
    const gone = arnAt(index);
    remove(index);
    setRecipe(componentsOfRecipe().filter(({ componentArn }) => componentArn !== gone));
  };

  return (
    <section aria-labelledby="new-components" className="grid gap-3">
      <h3 id="new-components" className="m-0 font-[550]">
        New components{" "}
        <span className="font-normal text-ink-3">edit them with live checks on their own pages later</span>
      </h3>
      {fields.map(({ id }, index) => (
        <div key={id} className="grid gap-3 rounded-[5px] border border-line p-3">
          <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
            <div className="sm:col-span-3">
              <TextField
                name={`components.${index}.name`}
                label="Component name"
                isRequired
                onTyped={(value) => rename(index, "name", value)}
              />
            </div>
            <TextField
              name={`components.${index}.semanticVersion`}
              label="Version"
              isRequired
              isMono
              onTyped={(value) => rename(index, "semanticVersion", value)}
            />
            <SelectField
              name={`components.${index}.platform`}
              label="Platform"
              isRequired
              options={["Linux", "Windows", "macOS"].map((value) => ({ value, label: value }))}
            />
            <span className="self-end">
              <Button variant="quiet" onClick={() => drop(index)}>
                Remove
              </Button>
            </span>
          </div>
          <TextField name={`components.${index}.data`} label="Document" isRequired isMono lines={10} />
        </div>
      ))}
      <div>
        <Button onClick={add}>Create component</Button>
      </div>
    </section>
  );
}
