import type { Metadata } from "next";
import { WizardStepFrame } from "@/components/pipeline-wizard/wizard-step";
import { PipelineFields } from "@/components/pipelines/pipeline-fields";

export const metadata: Metadata = { title: "Details and schedule" };

export default async function DetailsStepPage({
  params,
}: PageProps<"/[target]/pipelines/new/[draft]/details">) {
  const { target } = await params;
  return (
    <WizardStepFrame step="details">
      <div className="-mx-3.5 -mt-3">
        <PipelineFields target={target} at="details." />
      </div>
    </WizardStepFrame>
  );
}
