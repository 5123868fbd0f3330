import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { PipelineWizard } from "@/components/pipeline-wizard/pipeline-wizard";
import { isNotFound } from "@/lib/image-builder/console-error";
import { placeOf } from "@/lib/image-builder/pipeline-drafts/create-draft";
import { getDraft } from "@/lib/image-builder/pipeline-drafts/get-draft";
import { openContext } from "@/lib/image-builder/use-case-context";

export default async function WizardLayout({
  params,
  children,
}: LayoutProps<"/[target]/pipelines/new/[draft]"> & { children: ReactNode }) {
  const { target, draft: id } = await params;
  const ctx = await openContext(target, "get-draft");
  const draft = await getDraft({ ctx, input: { id } }).catch((error: unknown) => {
    if (isNotFound(error)) notFound();
    throw error;
  });
  return (
    <PipelineWizard target={target} place={placeOf(ctx)} draft={draft}>
      {children}
    </PipelineWizard>
  );
}
