import type { Metadata } from "next";
import { DetailsFields } from "@/components/pipeline-wizard/details-fields";
import { WizardStepFrame } from "@/components/pipeline-wizard/wizard-step";

export const metadata: Metadata = { title: "Details and schedule" };

export default function DetailsStepPage() {
  return (
    <WizardStepFrame step="details">
      <DetailsFields />
    </WizardStepFrame>
  );
}
