import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AllPipelineTable } from "@/components/pipelines/all-pipeline-table";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { listAllPipelines } from "@/lib/overview/all-accounts/list-all-pipelines";
import { allPipelinesQuery } from "@/lib/queries/all-accounts";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Pipelines" };

export default async function AllPipelinesPage() {
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({ ...allPipelinesQuery(), queryFn: () => listAllPipelines({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>} title="Pipelines" />
      <HydrationBoundary state={dehydrate(client)}>
        <AllPipelineTable />
      </HydrationBoundary>
    </>
  );
}
