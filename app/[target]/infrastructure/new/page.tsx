import type { Metadata } from "next";
import { orNotFound } from "@/app/or-not-found";
import { InfrastructureFields } from "@/components/infrastructure/infrastructure-fields";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create infrastructure configuration" };

export default async function NewInfrastructurePage({
  params,
  searchParams,
}: PageProps<"/[target]/infrastructure/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await orNotFound(
    copyOfResource(ctx, "infrastructure-configuration", [from].flat()[0]),
  );
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "infrastructure-configuration")}>Infrastructure</Crumb>}
        title="Create infrastructure configuration"
      />
      <CreateResourceForm target={target} kind="infrastructure-configuration" defaultValues={defaultValues}>
        <InfrastructureFields target={target} />
      </CreateResourceForm>
    </>
  );
}
