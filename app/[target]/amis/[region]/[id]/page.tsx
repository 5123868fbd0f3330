import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { AmiPage } from "@/components/amis/ami-page";
import { getAmi } from "@/lib/fleet/amis/get-ami";
import { amiQuery } from "@/lib/queries/amis";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "AMI" };

export default async function OneAmiPage({ params }: PageProps<"/[target]/amis/[region]/[id]">) {
  const { target, ...segments } = await params;
  const key = { region: decodeURIComponent(segments.region), amiId: decodeURIComponent(segments.id) };
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...amiQuery(target, key),
    queryFn: () => getAmi({ ctx, input: key }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AmiPage target={target} amiKey={key} />
    </HydrationBoundary>
  );
}
