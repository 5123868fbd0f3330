"use client";
import { ChangeList } from "@/components/resources/change-list";
import { OtherVersionSelect } from "@/components/resources/other-version-select";
import { useOtherVersion } from "@/components/resources/use-other-version";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResourceKey } from "@/lib/core/resource-names";
import type { Resource } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";

/** What a version of a recipe holds that another does not; nothing where there is one version only. */
export function RecipeChanges({
  target,
  resourceKey,
  recipe,
}: {
  target: string;
  resourceKey: ResourceKey;
  recipe: Resource;
}) {
  const { other, choices, chosen, choose } = useOtherVersion(target, resourceKey, recipe);
  if (choices.length === 0) return null;
  return (
    <Card title="Changes" action={<OtherVersionSelect choices={choices} chosen={chosen} onChoose={choose} />}>
      {other ? (
        <ChangeList
          before={toCreateInput(other.kind, other.content)}
          after={toCreateInput(recipe.kind, recipe.content)}
        />
      ) : (
        <Skeleton label={`Loading ${chosen}`} lines={3} />
      )}
    </Card>
  );
}
