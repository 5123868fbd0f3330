"use client";
import type { ReactNode } from "react";
import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { ExistingPart, NewPart, PartChoice } from "./part-choice";
import { WizardStepFrame } from "./wizard-step";

/** An infrastructure configuration that exists, or a new one by the form of its own page. */
export function InfrastructureStep({ fields }: { fields: ReactNode }) {
  const { getValues, setValue, watch } = useFormContext();
  const others = useRef<Record<string, DraftContent["infrastructure"]>>({});
  const use = watch("infrastructure.use");
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
