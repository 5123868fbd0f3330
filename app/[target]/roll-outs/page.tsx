import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RollOutList } from "@/components/roll-outs/roll-out-list";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { listRollOuts } from "@/lib/fleet/roll-outs/list-roll-outs";
import { rollOutsQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll-outs" };

export default async function RollOutsPage({ params }: PageProps<"/[target]/roll-outs">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...rollOutsQuery(target), queryFn: () => listRollOuts({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Roll-outs" />
      <HydrationBoundary state={dehydrate(client)}>
        <RollOutList target={target} />
      </HydrationBoundary>
    </>
  );
}
