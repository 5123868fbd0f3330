import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { ResourceList } from "@/components/resources/resource-list";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RESOURCE_OWNERS } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { resourcesQuery } from "@/lib/queries/resources";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Workflows" };

export default async function WorkflowsPage({ params, searchParams }: PageProps<"/[target]/workflows">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const owner = RESOURCE_OWNERS.find((known) => known === (query.owner ?? "Self")) ?? "Self";
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "workflow", owner),
    queryFn: () => listResources({ ctx, input: { kind: "workflow", owner } }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Workflows">
        <Link href={urls.newResource(target, "workflow")} prefetch={false} className={buttonClass("primary")}>
          Create workflow
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["workflow"]}
          owner={owner}
          empty={
            <EmptyState title="No custom workflows yet">
              A workflow lists the steps that build, test, or distribute an image. Pipelines use Amazon's
              workflows unless you choose your own.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
