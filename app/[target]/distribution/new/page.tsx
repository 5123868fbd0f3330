import type { Metadata } from "next";
import { DistributionFields } from "@/components/distribution/distribution-fields";
import { CreateResourcePage } from "../../create-resource-page";

export const metadata: Metadata = { title: "Create distribution configuration" };

export default async function NewDistributionPage({
  params,
  searchParams,
}: PageProps<"/[target]/distribution/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  return (
    <CreateResourcePage target={target} kind="distribution-configuration" list="Distribution" from={from}>
      <DistributionFields target={target} />
    </CreateResourcePage>
  );
}
