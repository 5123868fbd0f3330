import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { PipelineTable } from "@/components/pipelines/pipeline-table";
import { UnfinishedPipelines } from "@/components/pipelines/unfinished-pipelines";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { permits } from "@/lib/auth/permissions";
import { listDrafts } from "@/lib/authoring/drafts/list-drafts";
import { urls } from "@/lib/core/urls";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { pipelinesQuery } from "@/lib/queries/pipelines";
import { toConsoleError } from "@/lib/use-case/console-error";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Pipelines" };

export default async function PipelinesPage({ params }: PageProps<"/[target]/pipelines">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const mayCreate = permits(ctx.actor, "list-drafts", target);
  // AWS has the pipelines: they are shown also while the console's own database is away.
  const drafts = mayCreate
    ? await listDrafts({ ctx }).catch((error: unknown) => toConsoleError(error).message)
    : undefined;
  const client = new QueryClient();
  await client.prefetchQuery({ ...pipelinesQuery(target), queryFn: () => listPipelines({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Pipelines">
        <Link href={urls.newPipeline(target)} prefetch={false} className={buttonClass("primary")}>
          Create pipeline
        </Link>
      </PageHeader>
      <UnfinishedPipelines target={target} drafts={drafts} />
      <HydrationBoundary state={dehydrate(client)}>
        <PipelineTable target={target} />
      </HydrationBoundary>
    </>
  );
}
