import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AllActivityView } from "@/components/activity/all-activity-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { listAllActivity } from "@/lib/activity/list-all-activity";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { allActivityQuery, readActivityFilter } from "@/lib/queries/activity";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Activity" };

export default async function AllActivityPage({ searchParams }: PageProps<"/all-accounts/activity">) {
  const search = await searchParams;
  const filter = readActivityFilter((name) => [search[name]].flat()[0]);
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({
    ...allActivityQuery(filter),
    queryFn: () => listAllActivity({ ctx, input: filter }),
    retry: false,
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>} title="Activity" />
      <HydrationBoundary state={dehydrate(client)}>
        <AllActivityView />
      </HydrationBoundary>
    </>
  );
}
