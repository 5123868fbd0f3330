"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormContext, useWatch } from "react-hook-form";
import { type Choice, ComboField, ComboInput } from "@/components/form/combo-field";
import { Field } from "@/components/form/field";
import { FormSection, Wide } from "@/components/form/form-section";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { ResourceSummary } from "@/lib/definitions/types";
import { resourcesQuery } from "@/lib/queries/resources";

const toChoice = ({ arn, name, version, description, kind }: ResourceSummary): Choice => ({
  value: arn,
  label: `${name}${version ? ` ${version}` : ""}`,
  detail: [KIND_FACTS[kind].one, description, arn].filter(Boolean).join(", "),
});

/** Which recipe, infrastructure and distribution an existing pipeline is made of. */
export function PipelinePartFields({ target, at }: { target: string; at: string }) {
  const { data: infrastructures = [] } = useQuery(resourcesQuery(target, "infrastructure-configuration"));
  const { data: distributions = [] } = useQuery(resourcesQuery(target, "distribution-configuration"));
  const [infrastructure, distribution]: unknown[] = useWatch({
    name: [`${at}infrastructureConfigurationArn`, `${at}distributionConfigurationArn`],
  });
  return (
    <FormSection title="Configuration" note="Applies to new builds only.">
      <Wide>
        <RecipeArnField target={target} at={at} />
        <ComboField
          name={`${at}infrastructureConfigurationArn`}
          label="Infrastructure configuration"
          isRequired
          choices={infrastructures.map(toChoice)}
          hint={nameIn(infrastructures, infrastructure)}
        />
        <ComboField
          name={`${at}distributionConfigurationArn`}
          label="Distribution configuration"
          choices={distributions.map(toChoice)}
          hint={
            nameIn(distributions, distribution) ?? "If empty, the image stays in this account and Region."
          }
        />
      </Wide>
    </FormSection>
  );
}

/** What an ARN names, since its end may be out of sight. */
const nameIn = (known: ResourceSummary[], arn: unknown) => {
  const chosen = known.find((one) => one.arn === arn);
  return chosen && [toChoice(chosen).label, chosen.description].filter(Boolean).join(", ");
};

/** AWS has a member for each kind of recipe and takes one of them. */
function RecipeArnField({ target, at }: { target: string; at: string }) {
  const { data: imageRecipes = [] } = useQuery(resourcesQuery(target, "image-recipe"));
  const { data: containerRecipes = [] } = useQuery(resourcesQuery(target, "container-recipe"));
  const { setValue, trigger } = useFormContext();
  const [image, container] = [`${at}imageRecipeArn`, `${at}containerRecipeArn`];
  const arns: (string | undefined)[] = useWatch({ name: [image, container] });
  const current = arns.find(Boolean) ?? "";
  const choose = (arn: string) => {
    if (arn === current) return;
    const isContainer = parseImageBuilderArn(arn)?.kind === "container-recipe";
    setValue(image, isContainer ? undefined : arn, { shouldDirty: true });
    setValue(container, isContainer ? arn : undefined, { shouldDirty: true });
    // Both, once both are set: what is wrong stands at the one that is given.
    void trigger([image, container]);
  };
  return (
    <Field
      name={arns[1] ? container : image}
      label="Recipe"
      isRequired
      hint={nameIn([...imageRecipes, ...containerRecipes], current)}
    >
      {({ id, ...wiring }) => (
        <ComboInput
          id={id}
          label="Recipe"
          value={current}
          onChange={choose}
          choices={[...imageRecipes, ...containerRecipes].map(toChoice)}
          wiring={wiring}
        />
      )}
    </Field>
  );
}
