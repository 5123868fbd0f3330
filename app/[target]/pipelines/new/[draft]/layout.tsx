import type { ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { PipelineWizard } from "@/components/pipeline-wizard/pipeline-wizard";
import { placeOf } from "@/lib/authoring/drafts/create-draft";
import { getDraft } from "@/lib/authoring/drafts/get-draft";
import { openContext } from "@/lib/use-case/use-case-context";

export default async function WizardLayout({
  params,
  children,
}: LayoutProps<"/[target]/pipelines/new/[draft]"> & { children: ReactNode }) {
  const { target, draft: id } = await params;
  const ctx = await openContext(target, "get-draft");
  const draft = await orNotFound(getDraft({ ctx, input: { id } }));
  return (
    <PipelineWizard target={target} place={placeOf(ctx.target)} draft={draft}>
      {children}
    </PipelineWizard>
  );
}
