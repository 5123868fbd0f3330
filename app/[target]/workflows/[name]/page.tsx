import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocumentResourceView } from "@/components/documents/document-resource-view";
import { isNotFound } from "@/lib/image-builder/console-error";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { resourceQuery } from "@/lib/queries/resources";

type Props = PageProps<"/[target]/workflows/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function BuildWorkflowPage({ params, searchParams }: Props) {
  const [{ target, name: segment }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const name = decodeURIComponent(segment);
  const key = { kind: "workflow" as const, name, version: read("version"), owner: read("owner") };
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
      <DocumentResourceView target={target} resourceKey={key} />
    </HydrationBoundary>
  );
}
