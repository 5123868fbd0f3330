import type { Metadata } from "next";
import { orNotFound } from "@/app/or-not-found";
import { LifecycleDryRun } from "@/components/lifecycle/lifecycle-dry-run";
import { LifecycleFields } from "@/components/lifecycle/lifecycle-fields";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create lifecycle policy" };

export default async function NewLifecyclePage({
  params,
  searchParams,
}: PageProps<"/[target]/lifecycle/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await orNotFound(copyOfResource(ctx, "lifecycle-policy", [from].flat()[0]));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "lifecycle-policy")}>Lifecycle</Crumb>}
        title="Create lifecycle policy"
      />
      <CreateResourceForm
        target={target}
        kind="lifecycle-policy"
        defaultValues={{ resourceType: "AMI_IMAGE", ...defaultValues }}
      >
        <LifecycleFields target={target} />
        <LifecycleDryRun target={target} />
      </CreateResourceForm>
    </>
  );
}
