import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AmiPage } from "@/components/amis/ami-page";
import { getAmi } from "@/lib/fleet/amis/get-ami";
import { amiQuery } from "@/lib/queries/amis";
import { isNotFound } from "@/lib/use-case/console-error";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "AMI" };

export default async function OneAmiPage({ params }: PageProps<"/[target]/amis/[region]/[id]">) {
  const { target, ...segments } = await params;
  const key = { region: decodeURIComponent(segments.region), amiId: decodeURIComponent(segments.id) };
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client
    .fetchQuery({
      ...amiQuery(target, key),
      queryFn: () => getAmi({ ctx, input: key }),
      retry: false,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AmiPage target={target} amiKey={key} />
    </HydrationBoundary>
  );
}
