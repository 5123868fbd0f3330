"use client";
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { toReference } from "@/lib/definitions/resource-references";
import { resourceQuery } from "@/lib/queries/resources";

type RecipeContent = { parentImage?: string; components?: { componentArn?: string }[] };

/** What the pipeline of this form is made of: typed in the same draft, or read from AWS by its ARN. */
export function useRecipeOfForm(target: string): RecipeContent | undefined {
  const [drafted, imageRecipe, containerRecipe] = useWatch({
    name: ["recipe", "imageRecipeArn", "containerRecipeArn"],
  }) as [DraftContent["recipe"] | undefined, string | undefined, string | undefined];
  const arn = drafted?.use === "existing" ? drafted.arn : imageRecipe || containerRecipe;
  const reference = arn ? toReference(arn) : undefined;
  const kind = reference?.kind === "container-recipe" ? "container-recipe" : "image-recipe";
  const { data } = useQuery({
    ...resourceQuery(target, { kind, name: reference?.name ?? "", version: reference?.version }),
    enabled: reference !== undefined,
    refetchInterval: false,
    retry: false,
  });
  if (drafted && drafted.use !== "existing") return drafted.input;
  return reference && (data?.content as RecipeContent | undefined);
}
