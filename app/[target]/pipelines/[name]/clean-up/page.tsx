import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { CleanUpPage } from "@/components/clean-up/clean-up-page";
import { planCleanUp } from "@/lib/fleet/clean-up/plan-clean-up";
import { cleanUpQuery } from "@/lib/queries/clean-up";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Clean up" };

export default async function PipelineCleanUpPage({
  params,
}: PageProps<"/[target]/pipelines/[name]/clean-up">) {
  const { target, name: segment } = await params;
  const name = decodeURIComponent(segment);
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...cleanUpQuery(target, name),
    queryFn: () => planCleanUp({ ctx, input: { name } }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CleanUpPage target={target} name={name} />
    </HydrationBoundary>
  );
}
