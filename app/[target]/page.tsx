import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { OverviewView } from "@/components/overview/overview-view";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getOverview } from "@/lib/image-builder/overview/get-overview";
import { openContext } from "@/lib/image-builder/use-case-context";
import { overviewQuery } from "@/lib/queries/overview";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: PageProps<"/[target]">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...overviewQuery(target), queryFn: () => getOverview({ ctx }) });
  return (
    <>
      <PageHeader crumbs={ctx.target.label} title="Overview">
        <Link href={urls.pipelines(target)} prefetch={false} className={buttonClass()}>
          All pipelines
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <OverviewView target={target} />
      </HydrationBoundary>
    </>
  );
}
