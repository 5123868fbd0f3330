import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { BuildFinder } from "@/components/builds/build-finder";
import { askedOf } from "@/components/builds/builds-asked";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import type { BuildsToFind } from "@/lib/history/schemas";
import { findBuilds } from "@/lib/overview/find-builds";
import { buildsQuery } from "@/lib/queries/image-builds";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Builds" };

export default async function AllBuildsPage({ searchParams }: PageProps<"/all-accounts/builds">) {
  const { targets: _, ...asked } = askedOf(await searchParams);
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({
    ...buildsQuery(ALL_ACCOUNTS, asked),
    // Whatever the address says: the use case parses it.
    queryFn: () => findBuilds({ ctx, input: { ...asked, targets: "all" } as BuildsToFind }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>} title="Builds" />
      <HydrationBoundary state={dehydrate(client)}>
        <BuildFinder target={ALL_ACCOUNTS} />
      </HydrationBoundary>
    </>
  );
}
