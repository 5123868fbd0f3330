import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { OverviewView } from "@/components/overview/overview-view";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { getOverview } from "@/lib/overview/get-overview";
import { overviewQuery } from "@/lib/queries/overview";
import { openContext } from "@/lib/use-case/use-case-context";

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
        <Link href={urls.newPipeline(target)} prefetch={false} className={buttonClass("primary")}>
          Create pipeline
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <OverviewView target={target} />
      </HydrationBoundary>
    </>
  );
}
