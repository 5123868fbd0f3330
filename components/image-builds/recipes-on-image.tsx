"use client";
import { useQuery } from "@tanstack/react-query";
import { ReferenceList } from "@/components/resources/used-by-card";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageOwner } from "@/lib/core/resource-names";
import { recipesOnImageQuery } from "@/lib/queries/image-builds";

/** Which recipes of the account build on an image, at any of its versions. */
export function RecipesOnImage({ target, name, owner }: { target: string; name: string; owner: ImageOwner }) {
  const { data, error, refetch } = useQuery(recipesOnImageQuery(target, name, owner));
  if (!data) {
    return (
      <Card title="Used by" flush>
        {error ? (
          <ReadFailure title="Couldn't check usage" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Checking usage" lines={2} />
        )}
      </Card>
    );
  }
  const { usedBy, hidden } = data;
  return (
    <Card title="Used by" note={usedBy.length > 0 ? String(usedBy.length) : undefined}>
      {usedBy.length > 0 ? (
        <ReferenceList target={target} references={usedBy} />
      ) : (
        <p className="m-0 text-ink-2">
          {hidden ? "No usage found." : "No recipe in this account uses it as a base image."}
        </p>
      )}
      {hidden && <p className="m-0 mt-2 text-wait text-xs">The list may be incomplete. {hidden}</p>}
    </Card>
  );
}
