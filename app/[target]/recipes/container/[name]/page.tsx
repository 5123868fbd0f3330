import type { Metadata } from "next";
import { RecipeView } from "@/components/recipes/recipe-view";
import { PrefetchedResource } from "../../../prefetched-resource";

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
  return (
    <PrefetchedResource target={target} resourceKey={key}>
      <RecipeView target={target} resourceKey={key} />
    </PrefetchedResource>
  );
}
