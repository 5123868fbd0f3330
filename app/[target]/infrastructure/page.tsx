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

export const metadata: Metadata = { title: "Infrastructure" };

export default async function InfrastructurePage({ params }: PageProps<"/[target]/infrastructure">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "infrastructure-configuration"),
    queryFn: () => listResources({ ctx, input: { kind: "infrastructure-configuration" } }),
  });
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>}
        title="Infrastructure"
      >
        <Link
          href={urls.newResource(target, "infrastructure-configuration")}
          prefetch={false}
          className={buttonClass("primary")}
        >
          Create infrastructure configuration
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["infrastructure-configuration"]}
          empty={
            <EmptyState title="No infrastructure configurations yet">
              An infrastructure configuration sets where a build runs: instance profile and types, subnet and
              security groups, logs, notifications.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
