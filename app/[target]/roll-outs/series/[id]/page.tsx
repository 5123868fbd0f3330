import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { SeriesPage } from "@/components/roll-outs/series-page";
import { getRollOutSeries } from "@/lib/fleet/series/get-roll-out-series";
import { rollOutSeriesQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll-out to several groups" };

export default async function RollOutSeriesPage({ params }: PageProps<"/[target]/roll-outs/series/[id]">) {
  const { target, id: segment } = await params;
  const id = decodeURIComponent(segment);
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...rollOutSeriesQuery(target, id),
    queryFn: () => getRollOutSeries({ ctx, input: { id } }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SeriesPage target={target} id={id} />
    </HydrationBoundary>
  );
}
