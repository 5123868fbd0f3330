import type { Metadata } from "next";
import { RecipeForm } from "@/components/recipes/recipe-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { resourceToBeginWith } from "@/lib/image-builder/resources/resource-to-begin-with";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Create image recipe" };

export default async function NewImageRecipePage({
  params,
  searchParams,
}: PageProps<"/[target]/recipes/image/new">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const ctx = await openContext(target);
  const { initial, previous, dependents } = await resourceToBeginWith(ctx, "image-recipe", query);
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, "image-recipe")}>Recipes</Crumb>}
        title={previous ? `New version of ${String(previous.name)}` : "Create image recipe"}
      />
      <RecipeForm
        target={target}
        kind="image-recipe"
        initial={initial}
        previous={previous}
        dependents={dependents}
      />
    </>
  );
}
