import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { EditPipeline } from "@/components/pipelines/edit-pipeline";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/image-builder/console-error";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

type Props = PageProps<"/[target]/pipelines/[name]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function EditPipelinePage({ params }: Props) {
  const { target, name: segment } = await params;
  const key = { kind: "image-pipeline" as const, name: decodeURIComponent(segment) };
  const ctx = await openContext(target);
  const resource = await getResource({ ctx, input: key }).catch((error: unknown) => {
    if (isNotFound(error)) notFound();
    throw error;
  });
  return (
    <>
      <PageHeader
        crumbs={
          <Link href={urls.resource(target, key)} prefetch={false} className="no-underline hover:underline">
            {resource.name}
          </Link>
        }
        title={`Edit ${resource.name}`}
      />
      <EditPipeline target={target} resource={resource} />
    </>
  );
}
