"use client";
import type { ReactNode } from "react";
import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import { emptyDraft } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { NewComponents } from "./new-components";
import { ExistingPart, NewPart, PartChoice } from "./part-choice";
import { WizardStepFrame } from "./wizard-step";

const EMPTY_CONTAINER = {
  containerType: "DOCKER",
  name: "",
  semanticVersion: "1.0.0",
  parentImage: "",
  components: [],
  targetRepository: { service: "ECR", repositoryName: "" },
  dockerfileTemplateData:
    "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
};

/** An existing recipe, or a new one by the same form as the recipe's own page: `amiFields` and `containerFields`. */
export function RecipeStep({
  amiFields,
  containerFields,
}: {
  amiFields: ReactNode;
  containerFields: ReactNode;
}) {
  const { getValues, setValue, watch } = useFormContext();
  const others = useRef<Record<string, DraftContent["recipe"]>>({});
  const use = watch("recipe.use") as DraftContent["recipe"]["use"];

  const choose = (chosen: string) => {
    const current = getValues("recipe") as DraftContent["recipe"];
    others.current[current.use] = current;
    const pipeline = String(getValues("details.name") ?? "");
    const begun = emptyDraft().recipe;
    const input = "input" in begun ? begun.input : {};
    const fresh = {
      existing: { use: "existing", kind: "image-recipe", arn: "" },
      "image-recipe": { use: "image-recipe", input: { ...input, name: pipeline } },
      "container-recipe": { use: "container-recipe", input: { ...EMPTY_CONTAINER, name: pipeline } },
    }[chosen];
    setValue("recipe", others.current[chosen] ?? fresh, { shouldDirty: true });
  };
  return (
    <WizardStepFrame step="recipe">
      <PartChoice
        step="recipe"
        onChoose={choose}
        options={[
          { use: "image-recipe", label: "Create AMI recipe" },
          { use: "container-recipe", label: "Create container recipe" },
          { use: "existing", label: "Use existing recipe" },
        ]}
      />
      {use === "existing" ? (
        <ExistingPart
          name="recipe.arn"
          kinds={["image-recipe", "container-recipe"]}
          label="Recipe"
          onPick={(arn) =>
            setValue(
              "recipe.kind",
              parseImageBuilderArn(arn)?.kind === "container-recipe" ? "container-recipe" : "image-recipe",
            )
          }
        />
      ) : (
        <NewPart key={use}>
          {use === "image-recipe" ? amiFields : containerFields}
          <NewComponents />
        </NewPart>
      )}
    </WizardStepFrame>
  );
}
