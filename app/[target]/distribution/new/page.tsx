import type { Metadata } from "next";
import { orNotFound } from "@/app/or-not-found";
import { DistributionFields } from "@/components/distribution/distribution-fields";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create distribution configuration" };

export default async function NewDistributionPage({
  params,
  searchParams,
}: PageProps<"/[target]/distribution/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await orNotFound(copyOfResource(ctx, "distribution-configuration", [from].flat()[0]));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "distribution-configuration")}>Distribution</Crumb>}
        title="Create distribution configuration"
      />
      <CreateResourceForm target={target} kind="distribution-configuration" defaultValues={defaultValues}>
        <DistributionFields target={target} />
      </CreateResourceForm>
    </>
  );
}
