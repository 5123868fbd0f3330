import type { Metadata } from "next";
import { InfrastructureFields } from "@/components/infrastructure/infrastructure-fields";
import { CreateResourcePage } from "../../create-resource-page";

export const metadata: Metadata = { title: "Create infrastructure configuration" };

export default async function NewInfrastructurePage({
  params,
  searchParams,
}: PageProps<"/[target]/infrastructure/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  return (
    <CreateResourcePage target={target} kind="infrastructure-configuration" list="Infrastructure" from={from}>
      <InfrastructureFields target={target} />
    </CreateResourcePage>
  );
}
