import type { Metadata } from "next";
import { DraftStart } from "@/components/pipeline-wizard/draft-start";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { listDrafts } from "@/lib/authoring/drafts/list-drafts";
import { urls } from "@/lib/core/urls";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create pipeline" };

export default async function NewPipelinePage({ params }: PageProps<"/[target]/pipelines/new">) {
  const { target } = await params;
  const { drafts, left } = await listDrafts({ ctx: await openContext(target, "list-drafts") });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.pipelines(target)}>Pipelines</Crumb>} title="Create pipeline" />
      <DraftStart target={target} drafts={drafts} left={left} />
    </>
  );
}
