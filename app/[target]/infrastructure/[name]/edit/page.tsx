import type { Metadata } from "next";
import { InfrastructureFields } from "@/components/infrastructure/infrastructure-fields";
import { EditResourcePage } from "../../../edit-resource-page";

type Props = PageProps<"/[target]/infrastructure/[name]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function EditInfrastructurePage({ params }: Props) {
  const { target, name } = await params;
  const resourceKey = { kind: "infrastructure-configuration" as const, name: decodeURIComponent(name) };
  return (
    <EditResourcePage target={target} resourceKey={resourceKey}>
      <InfrastructureFields target={target} isExisting />
    </EditResourcePage>
  );
}
