import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { ResourceList } from "@/components/resources/resource-list";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { resourcesQuery } from "@/lib/queries/resources";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Distribution" };

export default async function DistributionPage({ params }: PageProps<"/[target]/distribution">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "distribution-configuration"),
    queryFn: () => listResources({ ctx, input: { kind: "distribution-configuration" } }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Distribution">
        <Link
          href={urls.newResource(target, "distribution-configuration")}
          prefetch={false}
          className={buttonClass("primary")}
        >
          Create distribution configuration
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["distribution-configuration"]}
          empty={
            <EmptyState title="No distribution configurations yet">
              A distribution configuration sets where a finished image goes: Regions, accounts, launch
              templates, parameters, repositories.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
