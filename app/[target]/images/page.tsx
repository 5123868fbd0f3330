import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { ImageBuildTable } from "@/components/image-builds/image-build-table";
import { PageHeader } from "@/components/ui/page-header";
import { listImageBuilds } from "@/lib/image-builder/image-builds/list-image-builds";
import { openContext } from "@/lib/image-builder/use-case-context";
import { imageBuildsQuery } from "@/lib/queries/image-builds";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Images" };

export default async function ImagesPage({ params }: PageProps<"/[target]/images">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...imageBuildsQuery(target), queryFn: () => listImageBuilds({ ctx }) });
  return (
    <>
      <PageHeader
        crumbs={
          <Link href={urls.overview(target)} prefetch={false} className="no-underline hover:underline">
            {ctx.target.label}
          </Link>
        }
        title="Images"
      >
        <Link href={urls.searchLogs(target)} prefetch={false} className="underline">
          Search logs
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ImageBuildTable target={target} />
      </HydrationBoundary>
    </>
  );
}
