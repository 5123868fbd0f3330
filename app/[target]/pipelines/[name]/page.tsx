import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { PipelineView } from "@/components/pipelines/pipeline-view";
import { urls } from "@/lib/core/urls";
import { planCleanUp } from "@/lib/fleet/clean-up/plan-clean-up";
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
    .catch(async (error: unknown) => {
      if (!isNotFound(error)) return;
      // A clean-up may have removed it and not be done yet.
      const rest = await planCleanUp({ ctx, input: { name } }).catch(() => undefined);
      if (rest) redirect(urls.cleanUp(target, name));
      notFound();
    });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PipelineView target={target} name={name} />
    </HydrationBoundary>
  );
}
