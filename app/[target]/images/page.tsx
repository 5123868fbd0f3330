import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { ImageList } from "@/components/image-builds/image-list";
import { ImageOwnerLinks } from "@/components/image-builds/image-owner-links";
import { NewestImages } from "@/components/image-builds/newest-images";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { IMAGE_OWNERS } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { listImageVersions } from "@/lib/image-builder/image-versions/list-image-versions";
import { listImages } from "@/lib/overview/list-images";
import { imagesQuery, newestImagesQuery } from "@/lib/queries/image-builds";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Images" };

export default async function ImagesPage({ params, searchParams }: PageProps<"/[target]/images">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const owner = IMAGE_OWNERS.find((known) => known === query.owner) ?? "Self";
  const ctx = await openContext(target);
  const client = new QueryClient();
  if (owner !== "Self") {
    const queryFn = () => listImageVersions({ ctx, input: { owner } });
    await client.prefetchQuery({ ...imagesQuery(target, owner), queryFn });
  } else {
    await client.prefetchQuery({ ...newestImagesQuery(target), queryFn: () => listImages({ ctx }) });
  }
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Images">
        <Link href={urls.builds(target, { by: "package" })} prefetch={false} className="underline">
          Find a package or CVE
        </Link>
        <Link href={urls.importImage(target)} prefetch={false} className={buttonClass()}>
          Import an image
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ImageOwnerLinks target={target} open={owner} />
        {owner === "Self" ? <NewestImages target={target} /> : <ImageList target={target} owner={owner} />}
      </HydrationBoundary>
    </>
  );
}
