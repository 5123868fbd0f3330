import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { ImageView } from "@/components/image-builds/image-view";
import { IMAGE_OWNERS } from "@/lib/core/resource-names";
import { getImageVersions } from "@/lib/image-builder/image-versions/get-image-versions";
import { imageQuery } from "@/lib/queries/image-builds";
import { openContext } from "@/lib/use-case/use-case-context";

type Props = PageProps<"/[target]/images/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: decodeURIComponent(name) };
}

export default async function ImagePage({ params, searchParams }: Props) {
  const [{ target, name: segment }, query] = await Promise.all([params, searchParams]);
  const name = decodeURIComponent(segment);
  const owner = IMAGE_OWNERS.find((known) => known === query.owner) ?? "Self";
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...imageQuery(target, name, owner),
    queryFn: () => getImageVersions({ ctx, input: { name, owner } }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ImageView target={target} name={name} owner={owner} />
    </HydrationBoundary>
  );
}
