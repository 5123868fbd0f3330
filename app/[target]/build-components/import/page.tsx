import type { Metadata } from "next";
import Link from "next/link";
import { ImportScriptForm } from "@/components/documents/import-script-form";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Import a script" };

export default async function ImportComponentPage({
  params,
}: PageProps<"/[target]/build-components/import">) {
  const { target } = await params;
  return (
    <>
      <PageHeader
        crumbs={
          <Link
            href={urls.resources(target, "component")}
            prefetch={false}
            className="no-underline hover:underline"
          >
            Components
          </Link>
        }
        title="Import a script as a component"
      />
      <ImportScriptForm target={target} />
    </>
  );
}
