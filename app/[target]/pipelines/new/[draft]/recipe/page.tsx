import type { Metadata } from "next";
import { RecipeStep } from "@/components/pipeline-wizard/recipe-step";
import { RecipeFields } from "@/components/recipes/recipe-fields";

export const metadata: Metadata = { title: "Recipe" };

export default async function RecipeStepPage({
  params,
}: PageProps<"/[target]/pipelines/new/[draft]/recipe">) {
  const { target } = await params;
  return (
    <RecipeStep
      amiFields={<RecipeFields target={target} kind="image-recipe" at="recipe.input." />}
      containerFields={<RecipeFields target={target} kind="container-recipe" at="recipe.input." />}
    />
  );
}
