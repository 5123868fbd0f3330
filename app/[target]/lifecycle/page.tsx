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

export const metadata: Metadata = { title: "Lifecycle" };

export default async function LifecyclePage({ params }: PageProps<"/[target]/lifecycle">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...resourcesQuery(target, "lifecycle-policy"),
    queryFn: () => listResources({ ctx, input: { kind: "lifecycle-policy" } }),
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Lifecycle">
        <Link
          href={urls.newResource(target, "lifecycle-policy")}
          prefetch={false}
          className={buttonClass("primary")}
        >
          Create lifecycle policy
        </Link>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <ResourceList
          target={target}
          kinds={["lifecycle-policy"]}
          empty={
            <EmptyState title="No lifecycle policies yet">
              A lifecycle policy deprecates, disables, or deletes images by age or count, once a day.
            </EmptyState>
          }
        />
      </HydrationBoundary>
    </>
  );
}
