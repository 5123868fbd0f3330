import type { Metadata } from "next";
import Link from "next/link";
import { ImportImageForm } from "@/components/image-builds/import-image-form";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Import an image" };

export default async function ImportImagePage({ params }: PageProps<"/[target]/images/import">) {
  const { target } = await params;
  return (
    <>
      <PageHeader
        crumbs={
          <Link href={urls.images(target)} prefetch={false} className="no-underline hover:underline">
            Images
          </Link>
        }
        title="Import an image"
      />
      <ImportImageForm target={target} />
    </>
  );
}
