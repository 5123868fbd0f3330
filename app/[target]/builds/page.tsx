import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { BuildFinder } from "@/components/builds/build-finder";
import { askedOf } from "@/components/builds/builds-asked";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import type { BuildsToFind } from "@/lib/history/schemas";
import { findBuilds } from "@/lib/overview/find-builds";
import { buildsQuery } from "@/lib/queries/image-builds";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Builds" };

export default async function BuildsPage({ params, searchParams }: PageProps<"/[target]/builds">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const asked = askedOf(search);
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...buildsQuery(target, asked),
    // Whatever the address says: the use case parses it.
    queryFn: () => findBuilds({ ctx, input: asked as BuildsToFind }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Builds">
        <Link href={urls.searchLogs(target)} prefetch={false} className="underline">
          Search logs
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <BuildFinder target={target} />
      </HydrationBoundary>
    </>
  );
}
