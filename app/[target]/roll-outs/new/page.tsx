import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { FleetCrumbs } from "@/components/fleet/fleet-crumbs";
import { RollOutStart } from "@/components/roll-outs/roll-out-start";
import { PageHeader } from "@/components/ui/page-header";
import { previewRollOut } from "@/lib/fleet/roll-outs/preview-roll-out";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll out" };

export default async function NewRollOutPage({ params, searchParams }: PageProps<"/[target]/roll-outs/new">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const key = { region: [query.region].flat()[0] ?? "", group: [query.group].flat()[0] ?? "" };
  const ctx = await openContext(target);
  if (key.region === "" || key.group === "") notFound();
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...rollOutPreviewQuery(target, key),
    queryFn: () => previewRollOut({ ctx, input: key }),
  });
  return (
    <>
      <PageHeader crumbs={<FleetCrumbs target={ctx.target} />} title={`Roll out to ${key.group}`} />
      <HydrationBoundary state={dehydrate(client)}>
        <RollOutStart target={target} region={key.region} group={key.group} />
      </HydrationBoundary>
    </>
  );
}
