import type { Metadata } from "next";
import { LifecycleDryRun } from "@/components/lifecycle/lifecycle-dry-run";
import { LifecycleFields } from "@/components/lifecycle/lifecycle-fields";
import { EditResourcePage } from "../../../edit-resource-page";

type Props = PageProps<"/[target]/lifecycle/[name]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function EditLifecyclePage({ params }: Props) {
  const { target, name } = await params;
  const resourceKey = { kind: "lifecycle-policy" as const, name: decodeURIComponent(name) };
  return (
    <EditResourcePage target={target} resourceKey={resourceKey}>
      <LifecycleFields target={target} isExisting />
      <LifecycleDryRun target={target} />
    </EditResourcePage>
  );
}
