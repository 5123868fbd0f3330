import type { Metadata } from "next";
import { DistributionFields } from "@/components/distribution/distribution-fields";
import { DistributionStep } from "@/components/pipeline-wizard/distribution-step";

export const metadata: Metadata = { title: "Distribution" };

export default async function DistributionStepPage({
  params,
}: PageProps<"/[target]/pipelines/new/[draft]/distribution">) {
  const { target } = await params;
  return (
    <DistributionStep
      amiFields={<DistributionFields target={target} at="distribution.input." output="AMI" />}
      containerFields={<DistributionFields target={target} at="distribution.input." output="DOCKER" />}
    />
  );
}
