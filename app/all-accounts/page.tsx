import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AllOverviewView } from "@/components/overview/all-overview-view";
import { PageHeader } from "@/components/ui/page-header";
import { getAllOverview } from "@/lib/overview/all-accounts/get-all-overview";
import { allOverviewQuery } from "@/lib/queries/all-accounts";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Overview" };

export default async function AllOverviewPage() {
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({ ...allOverviewQuery(), queryFn: () => getAllOverview({ ctx }) });
  return (
    <>
      <PageHeader crumbs="All accounts" title="Overview" />
      <HydrationBoundary state={dehydrate(client)}>
        <AllOverviewView />
      </HydrationBoundary>
    </>
  );
}
