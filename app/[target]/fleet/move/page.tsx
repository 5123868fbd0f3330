import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { FleetCrumbs } from "@/components/fleet/fleet-crumbs";
import { MovePage } from "@/components/instance-moves/move-page";
import { PageHeader } from "@/components/ui/page-header";
import { permits } from "@/lib/auth/permissions";
import { getMove } from "@/lib/fleet/moves/get-move";
import { previewMove } from "@/lib/fleet/moves/preview-move";
import { movePreviewQuery, moveQuery } from "@/lib/queries/moves";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Move an instance" };

export default async function MoveInstancePage({ params, searchParams }: PageProps<"/[target]/fleet/move">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const key = { region: [query.region].flat()[0] ?? "", instanceId: [query.instance].flat()[0] ?? "" };
  const ctx = await openContext(target);
  if (key.region === "" || key.instanceId === "") notFound();
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...moveQuery(target, key),
    queryFn: () => getMove({ ctx, input: key }),
  });
  const isNew = client.getQueryData(moveQuery(target, key).queryKey)?.move === null;
  if (isNew && permits(ctx.actor, "preview-move", target)) {
    const asked = { ...key, to: key.region, instanceType: "" };
    await client.prefetchQuery({
      ...movePreviewQuery(target, asked),
      queryFn: () => previewMove({ ctx, input: asked }),
    });
  }
  return (
    <>
      <PageHeader crumbs={<FleetCrumbs target={ctx.target} />} title={`Move ${key.instanceId}`} />
      <HydrationBoundary state={dehydrate(client)}>
        <MovePage target={target} region={key.region} instanceId={key.instanceId} />
      </HydrationBoundary>
    </>
  );
}
