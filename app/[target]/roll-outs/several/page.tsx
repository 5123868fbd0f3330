import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FleetCrumbs } from "@/components/fleet/fleet-crumbs";
import { SeriesStart } from "@/components/roll-outs/series-start";
import { PageHeader } from "@/components/ui/page-header";
import { previewRollOut } from "@/lib/fleet/roll-outs/preview-roll-out";
import { MOST_GROUPS } from "@/lib/fleet/series/judge-series";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll out to several groups" };

export default async function SeveralRollOutsPage({
  params,
  searchParams,
}: PageProps<"/[target]/roll-outs/several">) {
  const [{ target }, { group = [] }] = await Promise.all([params, searchParams]);
  const keys = [...new Set([group].flat())].slice(0, MOST_GROUPS).flatMap(keyIn);
  const ctx = await openContext(target);
  if (keys.length < 2) notFound();
  const client = new QueryClient();
  // A group that can't be read costs its own part only: its card says why.
  await Promise.all(
    keys.map((key) =>
      client.prefetchQuery({
        ...rollOutPreviewQuery(target, key),
        queryFn: () => previewRollOut({ ctx, input: key }),
        retry: false,
      }),
    ),
  );
  return (
    <>
      <PageHeader crumbs={<FleetCrumbs target={ctx.target} />} title="Roll out to several groups" />
      <HydrationBoundary state={dehydrate(client)}>
        <SeriesStart target={target} groups={keys} />
      </HydrationBoundary>
    </>
  );
}

/** "us-east-1/web": no Region holds a slash, a group's name may. */
function keyIn(text: string): { region: string; group: string }[] {
  const [region = "", ...rest] = text.split("/");
  const group = rest.join("/");
  return region && group ? [{ region, group }] : [];
}
