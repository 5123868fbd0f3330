import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PipelineView } from "@/components/pipelines/pipeline-view";
import { getPipeline } from "@/lib/image-builder/pipelines/get-pipeline";
import { pipelineQuery } from "@/lib/queries/pipelines";
import { isNotFound } from "@/lib/use-case/console-error";
import { openContext } from "@/lib/use-case/use-case-context";

type Props = PageProps<"/[target]/pipelines/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function PipelinePage({ params }: Props) {
  const { target, name: segment } = await params;
  const name = decodeURIComponent(segment);
  const ctx = await openContext(target);
  const client = new QueryClient();
  // What is wrong beside "there is none" is said by the view, which can try again.
  await client
    .fetchQuery({
      ...pipelineQuery(target, name),
      queryFn: () => getPipeline({ ctx, input: { name } }),
      retry: false,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PipelineView target={target} name={name} />
    </HydrationBoundary>
  );
}
