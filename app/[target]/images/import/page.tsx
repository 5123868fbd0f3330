import type { Metadata } from "next";
import { ImportImageForm } from "@/components/image-builds/import-image-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";

export const metadata: Metadata = { title: "Import an image" };

export default async function ImportImagePage({ params }: PageProps<"/[target]/images/import">) {
  const { target } = await params;
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.images(target)}>Images</Crumb>} title="Import an image" />
      <ImportImageForm target={target} />
    </>
  );
}
