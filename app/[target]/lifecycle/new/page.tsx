import type { Metadata } from "next";
import { LifecycleDryRun } from "@/components/lifecycle/lifecycle-dry-run";
import { LifecycleFields } from "@/components/lifecycle/lifecycle-fields";
import { CreateResourcePage } from "../../create-resource-page";

export const metadata: Metadata = { title: "Create lifecycle policy" };

export default async function NewLifecyclePage({
  params,
  searchParams,
}: PageProps<"/[target]/lifecycle/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  return (
    <CreateResourcePage
      target={target}
      kind="lifecycle-policy"
      list="Lifecycle"
      from={from}
      blank={{ resourceType: "AMI_IMAGE" }}
    >
      <LifecycleFields target={target} />
      <LifecycleDryRun target={target} />
    </CreateResourcePage>
  );
}
