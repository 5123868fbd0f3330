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

export const metadata: Metadata = { title: "Recipes" };

export default async function RecipesPage({ params, searchParams }: PageProps<"/[target]/recipes">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const owner = RESOURCE_OWNERS.find((known) => known === (query.owner ?? "Self")) ?? "Self";
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "image-recipe", owner),
    queryFn: () => listResources({ ctx, input: { kind: "image-recipe", owner } }),
  });
  await client.prefetchQuery({
    ...resourcesQuery(target, "container-recipe", owner),
    queryFn: () => listResources({ ctx, input: { kind: "container-recipe", owner } }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Recipes">
        <Link href={urls.newResource(target, "container-recipe")} className={buttonClass()}>
          Create container recipe
        </Link>
        <Link href={urls.newResource(target, "image-recipe")} className={buttonClass("primary")}>
          Create image recipe
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["image-recipe", "container-recipe"]}
          owner={owner}
          empty={
            <EmptyState title="No recipes yet">
              A recipe is a base image and the components that run on it, in order. Versions are immutable:
              each change creates a new version.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
