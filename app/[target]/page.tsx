import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { DemoNote } from "@/components/overview/demo-note";
import { FavoritesRow } from "@/components/overview/favorites-row";
import { OverviewView } from "@/components/overview/overview-view";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listFavorites } from "@/lib/bookmarks/list-favorites";
import { urls } from "@/lib/core/urls";
import { getOverview } from "@/lib/overview/get-overview";
import { favoritesQuery } from "@/lib/queries/bookmarks";
import { overviewQuery } from "@/lib/queries/overview";
import { runtime } from "@/lib/use-case/runtime";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: PageProps<"/[target]">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ ...overviewQuery(target), queryFn: () => getOverview({ ctx }) }),
    client.prefetchQuery({ ...favoritesQuery(target), queryFn: () => listFavorites({ ctx }) }),
  ]);
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
      {isDemo(ctx.target.id) && <DemoNote target={target} />}
      <HydrationBoundary state={dehydrate(client)}>
        <FavoritesRow target={target} />
        <OverviewView target={target} />
      </HydrationBoundary>
    </>
  );
}

/** The simulator's made-up factory is in the first target. */
function isDemo(target: string): boolean {
  const { simulator, targets } = runtime().config;
  return simulator?.seed === "demo" && targets[0]?.id === target;
}
