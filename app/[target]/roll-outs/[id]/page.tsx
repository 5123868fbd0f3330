import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { RollOutPage } from "@/components/roll-outs/roll-out-page";
import { getRollOut } from "@/lib/fleet/roll-outs/get-roll-out";
import { rollOutQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll-out" };

export default async function OneRollOutPage({ params }: PageProps<"/[target]/roll-outs/[id]">) {
  const { target, id: segment } = await params;
  const id = decodeURIComponent(segment);
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...rollOutQuery(target, id),
    queryFn: () => getRollOut({ ctx, input: { id } }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RollOutPage target={target} id={id} />
    </HydrationBoundary>
  );
}
