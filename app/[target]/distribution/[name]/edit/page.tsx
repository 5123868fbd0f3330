import type { Metadata } from "next";
import { DistributionFields } from "@/components/distribution/distribution-fields";
import { EditResourcePage } from "../../../edit-resource-page";

type Props = PageProps<"/[target]/distribution/[name]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function EditDistributionPage({ params }: Props) {
  const { target, name } = await params;
  const resourceKey = { kind: "distribution-configuration" as const, name: decodeURIComponent(name) };
  return (
    <EditResourcePage target={target} resourceKey={resourceKey}>
      <DistributionFields target={target} isExisting />
    </EditResourcePage>
  );
}
