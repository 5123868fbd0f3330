import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import type { ResourceKey } from "@/lib/core/resource-names";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { resourceQuery } from "@/lib/queries/resources";
import { isNotFound } from "@/lib/use-case/console-error";
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
  // What is wrong beside "there is none" is said by the view, which can try again.
  await client
    .fetchQuery({
      ...resourceQuery(target, resourceKey),
      queryFn: () => getResource({ ctx, input: resourceKey }),
      retry: false,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
