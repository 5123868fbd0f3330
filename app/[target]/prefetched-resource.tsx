import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { prefetchOrNotFound } from "@/app/or-not-found";
import type { ResourceKey } from "@/lib/core/resource-names";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { resourceQuery } from "@/lib/queries/resources";
import { openContext } from "@/lib/use-case/use-case-context";

/** Gives the view of a resource its first answer; the page of what is not there when there is none. */
export async function PrefetchedResource({
  target,
  resourceKey,
  children,
}: {
  target: string;
  resourceKey: ResourceKey;
  children: ReactNode;
}) {
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...resourceQuery(target, resourceKey),
    queryFn: () => getResource({ ctx, input: resourceKey }),
  });
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
