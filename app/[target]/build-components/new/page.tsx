import type { Metadata } from "next";
import Link from "next/link";
import { orNotFound } from "@/app/or-not-found";
import { DocumentForm } from "@/components/documents/document-form";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { documentDraft } from "@/lib/image-builder/resources/document-draft";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create component" };

export default async function NewBuildComponentPage({
  params,
  searchParams,
}: PageProps<"/[target]/build-components/new">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const [name, version, owner] = [read("from"), read("version"), read("owner")];
  const as = read("as") === "version" ? "version" : "copy";
  const ctx = await openContext(target);
  const from = name === undefined ? undefined : ({ name, version, owner, as } as const);
  const draft = await orNotFound(documentDraft(ctx, "component", from));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "component")}>Components</Crumb>}
        title={draft.previous ? `New version of ${draft.previous.name}` : "Create component"}
      >
        {!from && (
          <Link href={urls.importComponent(target)} prefetch={false} className={buttonClass()}>
            Import a script
          </Link>
        )}
      </PageHeader>
      <DocumentForm
        target={target}
        kind="component"
        defaultValues={draft.values}
        draftName={from ? `${as} of ${name} ${version ?? ""}` : "new"}
        previous={draft.previous}
        takenVersions={draft.takenVersions}
      />
    </>
  );
}
