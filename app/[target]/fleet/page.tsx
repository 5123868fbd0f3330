import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { FleetView } from "@/components/fleet/fleet-view";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { apiUrls, urls } from "@/lib/core/urls";
import { getFleet } from "@/lib/fleet/groups/get-fleet";
import { fleetQuery } from "@/lib/queries/fleet";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Fleet" };

export default async function FleetPage({ params }: PageProps<"/[target]/fleet">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...fleetQuery(target), queryFn: () => getFleet({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Fleet">
        <a href={apiUrls.fleetExport(target)} className={buttonClass()} download>
          Export CSV
        </a>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <FleetView target={target} />
      </HydrationBoundary>
    </>
  );
}
