import type { Metadata } from "next";
import { orNotFound } from "@/app/or-not-found";
import { DocumentForm } from "@/components/documents/document-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { documentDraft } from "@/lib/image-builder/resources/document-draft";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create workflow" };

export default async function NewBuildWorkflowPage({
  params,
  searchParams,
}: PageProps<"/[target]/workflows/new">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const [name, version, owner] = [read("from"), read("version"), read("owner")];
  const as = read("as") === "version" ? "version" : "copy";
  const ctx = await openContext(target);
  const from = name === undefined ? undefined : ({ name, version, owner, as } as const);
  const draft = await orNotFound(documentDraft(ctx, "workflow", from));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "workflow")}>Workflows</Crumb>}
        title={draft.previous ? `New version of ${draft.previous.name}` : "Create workflow"}
      />
      <DocumentForm
        target={target}
        kind="workflow"
        defaultValues={draft.values}
        draftName={from ? `${as} of ${name} ${version ?? ""}` : "new"}
        previous={draft.previous}
        takenVersions={draft.takenVersions}
      />
    </>
  );
}
