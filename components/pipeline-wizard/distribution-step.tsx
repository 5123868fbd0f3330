"use client";
import type { ReactNode } from "react";
import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { ExistingPart, NewPart, PartChoice } from "./part-choice";
import { useWizard } from "./wizard-context";
import { WizardStepFrame } from "./wizard-step";

/** Distribution settings that exist, new ones by the form of their own page, or none: the image then stays where it was built. */
export function DistributionStep({
  amiFields,
  containerFields,
}: {
  amiFields: ReactNode;
  containerFields: ReactNode;
}) {
  const { place } = useWizard();
  const { getValues, setValue, watch } = useFormContext();
  const others = useRef<Record<string, DraftContent["distribution"]>>({});
  const [use, recipe] = watch(["distribution.use", "recipe"]) as [string, DraftContent["recipe"]];
  const isContainer =
    recipe.use === "container-recipe" || (recipe.use === "existing" && recipe.kind === "container-recipe");
  const choose = (chosen: string) => {
    const current = getValues("distribution") as DraftContent["distribution"];
    others.current[current.use] = current;
    const name = String(getValues("details.name") ?? "");
    const fresh = {
      none: { use: "none" },
      existing: { use: "existing", arn: "" },
      new: {
        use: "new",
        input: {
          name,
          distributions: [
            isContainer
              ? {
                  region: place.region,
                  containerDistributionConfiguration: {
                    targetRepository: { service: "ECR", repositoryName: "" },
                  },
                }
              : {
                  region: place.region,
                  amiDistributionConfiguration: { name: `${name || "image"} {{ imagebuilder:buildDate }}` },
                },
          ],
        },
      },
    }[chosen];
    setValue("distribution", others.current[chosen] ?? fresh, { shouldDirty: true });
  };
  return (
    <WizardStepFrame step="distribution">
      <PartChoice
        step="distribution"
        onChoose={choose}
        options={[
          { use: "none", label: "None: the image stays in this account and Region" },
          { use: "new", label: "Create distribution configuration" },
          { use: "existing", label: "Use existing" },
        ]}
      />
      {use === "existing" && (
        <ExistingPart
          name="distribution.arn"
          kinds={["distribution-configuration"]}
          label="Distribution configuration"
        />
      )}
      {use === "new" && <NewPart isSectioned>{isContainer ? containerFields : amiFields}</NewPart>}
      {use === "none" && (
        <p className="m-0 max-w-[72ch] text-ink-2">
          {isContainer
            ? "The container image is pushed to the recipe's repository."
            : "The AMI stays in this account and Region, private, with a name chosen by Image Builder."}
        </p>
      )}
    </WizardStepFrame>
  );
}
