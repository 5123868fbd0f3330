"use client";
import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import { useChoices } from "@/components/form/choice-field";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { ExistingPart, NewPart, PartChoice } from "./part-choice";
import { useWizard } from "./wizard-context";
import { WizardStepFrame } from "./wizard-step";

/** An infrastructure configuration that exists, or a new one by the form of its own page. */
export function InfrastructureStep({ fields }: { fields: ReactNode }) {
  const { getValues, setValue, watch } = useFormContext();
  const others = useRef<Record<string, DraftContent["infrastructure"]>>({});
  const use = watch("infrastructure.use");
  useUsualProfile(use === "new");
  const choose = (chosen: string) => {
    const current = getValues("infrastructure") as DraftContent["infrastructure"];
    others.current[current.use] = current;
    const fresh =
      chosen === "existing"
        ? { use: "existing", arn: "" }
        : {
            use: "new",
            input: { name: String(getValues("details.name") ?? ""), terminateInstanceOnFailure: true },
          };
    setValue("infrastructure", others.current[chosen] ?? fresh, { shouldDirty: true });
  };
  return (
    <WizardStepFrame step="infrastructure">
      <PartChoice
        step="infrastructure"
        onChoose={choose}
        options={[
          { use: "new", label: "Create infrastructure configuration" },
          { use: "existing", label: "Use existing" },
        ]}
      />
      {use === "existing" ? (
        <ExistingPart
          name="infrastructure.arn"
          kinds={["infrastructure-configuration"]}
          label="Infrastructure configuration"
        />
      ) : (
        <NewPart isSectioned>{fields}</NewPart>
      )}
    </WizardStepFrame>
  );
}

/** The name that AWS's guide gives the profile of build instances. */
const USUAL_PROFILE = "EC2InstanceProfileForImageBuilder";

/** Fills in the account's instance profile where there is no doubt which one it is; once, and over nothing typed. */
function useUsualProfile(isNew: boolean): void {
  const { target } = useWizard();
  const { getValues, setValue } = useFormContext();
  const { choices } = useChoices({ target, kind: "instance-profiles" });
  const names = choices.map(({ value }) => value);
  const usual = names.includes(USUAL_PROFILE) ? USUAL_PROFILE : names.length === 1 ? names[0] : undefined;
  const isFilled = useRef(false);
  useEffect(() => {
    const path = "infrastructure.input.instanceProfileName";
    if (!isNew || !usual || isFilled.current) return;
    isFilled.current = true;
    if (!getValues(path)) setValue(path, usual, { shouldDirty: true, shouldValidate: true });
  }, [isNew, usual, getValues, setValue]);
}
