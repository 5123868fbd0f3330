import type { Metadata } from "next";
import { InfrastructureFields } from "@/components/infrastructure/infrastructure-fields";
import { InfrastructureStep } from "@/components/pipeline-wizard/infrastructure-step";

export const metadata: Metadata = { title: "Infrastructure" };

export default async function InfrastructureStepPage({
  params,
}: PageProps<"/[target]/pipelines/new/[draft]/infrastructure">) {
  const { target } = await params;
  return (
    <InfrastructureStep
      fields={<InfrastructureFields target={target} at="infrastructure.input." isShort />}
    />
  );
}
