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

export const metadata: Metadata = { title: "Components" };

export default async function BuildComponentsPage({
  params,
  searchParams,
}: PageProps<"/[target]/build-components">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const owner = RESOURCE_OWNERS.find((known) => known === (query.owner ?? "Self")) ?? "Self";
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "component", owner),
    queryFn: () => listResources({ ctx, input: { kind: "component", owner } }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Components">
        <Link href={urls.importComponent(target)} prefetch={false} className={buttonClass()}>
          Import a script
        </Link>
        <Link
          href={urls.newResource(target, "component")}
          prefetch={false}
          className={buttonClass("primary")}
        >
          Create component
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["component"]}
          owner={owner}
          empty={
            <EmptyState title="No components yet">
              A component is a YAML document with the steps that AWSTOE runs on the build instance: install,
              configure, validate, test. Create one, or use Amazon's.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
