import type { Metadata } from "next";
import { PipelineFields } from "@/components/pipelines/pipeline-fields";
import { EditResourcePage } from "../../../edit-resource-page";

type Props = PageProps<"/[target]/pipelines/[name]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function EditPipelinePage({ params }: Props) {
  const { target, name } = await params;
  const resourceKey = { kind: "image-pipeline" as const, name: decodeURIComponent(name) };
  return (
    <EditResourcePage target={target} resourceKey={resourceKey}>
      <PipelineFields target={target} isExisting />
    </EditResourcePage>
  );
}
