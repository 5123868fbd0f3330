import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AllWaitingStepList } from "@/components/approvals/all-waiting-step-list";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { listAllWaitingSteps } from "@/lib/overview/all-accounts/list-all-waiting-steps";
import { allWaitingStepsQuery } from "@/lib/queries/all-accounts";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Approvals" };

export default async function AllApprovalsPage() {
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({ ...allWaitingStepsQuery(), queryFn: () => listAllWaitingSteps({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>} title="Approvals" />
      <HydrationBoundary state={dehydrate(client)}>
        <AllWaitingStepList />
      </HydrationBoundary>
    </>
  );
}
