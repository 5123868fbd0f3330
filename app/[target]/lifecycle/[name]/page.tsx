import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LifecycleView } from "@/components/lifecycle/lifecycle-view";
import { isNotFound } from "@/lib/image-builder/console-error";
import type { ResourceKey } from "@/lib/image-builder/definitions/types";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { resourceQuery } from "@/lib/queries/resources";

type Props = PageProps<"/[target]/lifecycle/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function LifecyclePage({ params }: Props) {
  const { target, name: segment } = await params;
  const key: ResourceKey = { kind: "lifecycle-policy", name: decodeURIComponent(segment) };
  const ctx = await openContext(target);
  const client = new QueryClient();
  // What is wrong beside "there is none" is said by the view, which can try again.
  await client
    .fetchQuery({
      ...resourceQuery(target, key),
      queryFn: () => getResource({ ctx, input: key }),
      retry: false,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LifecycleView target={target} name={key.name} />
    </HydrationBoundary>
  );
}
