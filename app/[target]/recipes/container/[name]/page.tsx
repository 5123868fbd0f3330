import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RecipeView } from "@/components/recipes/recipe-view";
import { isNotFound } from "@/lib/image-builder/console-error";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { resourceQuery } from "@/lib/queries/resources";

type Props = PageProps<"/[target]/recipes/container/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function ContainerRecipePage({ params, searchParams }: Props) {
  const [{ target, name }, query] = await Promise.all([params, searchParams]);
  const key = {
    kind: "container-recipe" as const,
    name: decodeURIComponent(name),
    version: typeof query.version === "string" ? query.version : undefined,
  };
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client
    .fetchQuery({ ...resourceQuery(target, key), queryFn: () => getResource({ ctx, input: key }) })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RecipeView target={target} resourceKey={key} />
    </HydrationBoundary>
  );
}
