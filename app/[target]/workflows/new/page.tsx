import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DocumentForm } from "@/components/documents/document-form";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/image-builder/console-error";
import { documentDraft } from "@/lib/image-builder/resources/document-draft";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

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
  const draft = await documentDraft(ctx, "workflow", from).catch((error: unknown) => {
    if (isNotFound(error)) notFound();
    throw error;
  });
  return (
    <>
      <PageHeader
        crumbs={
          <Link
            href={urls.resources(target, "workflow")}
            prefetch={false}
            className="no-underline hover:underline"
          >
            Workflows
          </Link>
        }
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
