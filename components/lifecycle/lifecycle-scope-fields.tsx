"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { ComboField } from "@/components/form/combo-field";
import { FormSection, Wide } from "@/components/form/form-section";
import { RowsField } from "@/components/form/rows-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { Radio } from "@/components/ui/inputs";
import { resourcesQuery } from "@/lib/queries/resources";

const SCOPE = "resourceSelection";

/** Which images a policy looks at: those of recipes, or those with tags. AWS takes one of both. */
export function LifecycleScopeFields({ target, isContainer }: { target: string; isContainer: boolean }) {
  const { getValues, setValue } = useFormContext();
  const [by, setBy] = useState<"recipes" | "tagMap">(() =>
    getValues(`${SCOPE}.tagMap`) === undefined ? "recipes" : "tagMap",
  );
  const kind = isContainer ? "container-recipe" : "image-recipe";
  const { data = [] } = useQuery({ ...resourcesQuery(target, kind), refetchInterval: false, retry: false });
  const recipes = [...new Set(data.map(({ name }) => name))].map((name) => ({ value: name, label: name }));
  const choose = (mode: "recipes" | "tagMap") => {
    setBy(mode);
    setValue(`${SCOPE}.${mode === "recipes" ? "tagMap" : "recipes"}`, undefined, { shouldDirty: true });
  };
  return (
    <FormSection title="Images" note="Other images aren't affected.">
      <Wide>
        <fieldset className="m-0 flex flex-wrap gap-x-5 gap-y-1 border-0 p-0">
          <legend className="sr-only">Choose images by</legend>
          {(
            [
              ["recipes", "Recipes"],
              ["tagMap", "Image tags"],
            ] as const
          ).map(([mode, label]) => (
            <label key={mode} className="flex items-center gap-2">
              <Radio name="lifecycle-scope" checked={by === mode} onChange={() => choose(mode)} />
              {label}
            </label>
          ))}
        </fieldset>
        {by === "recipes" ? (
          <RowsField
            name={`${SCOPE}.recipes`}
            label="Recipes"
            one="recipe"
            newRow={{ name: "", semanticVersion: "x.x.x" }}
          >
            {(path) => (
              <>
                <ComboField name={`${path}.name`} label="Recipe" isRequired choices={recipes} />
                <TextField
                  name={`${path}.semanticVersion`}
                  label="Version"
                  isRequired
                  isMono
                  hint="Use x as a wildcard: x.x.x, 1.x.x."
                />
              </>
            )}
          </RowsField>
        ) : (
          <TagFields name={`${SCOPE}.tagMap`} label="Image tags" hint="Images must have all of these tags." />
        )}
      </Wide>
    </FormSection>
  );
}
