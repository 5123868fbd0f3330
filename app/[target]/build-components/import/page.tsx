import type { Metadata } from "next";
import { ImportScriptForm } from "@/components/documents/import-script-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";

export const metadata: Metadata = { title: "Import a script" };

export default async function ImportComponentPage({
  params,
}: PageProps<"/[target]/build-components/import">) {
  const { target } = await params;
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "component")}>Components</Crumb>}
        title="Import a script as a component"
      />
      <ImportScriptForm target={target} />
    </>
  );
}
