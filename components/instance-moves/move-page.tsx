"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { moveQuery } from "@/lib/queries/moves";
import { MoveProgress } from "./move-progress";
import { MoveStart } from "./move-start";

/** The move of an instance: where it goes, then step by step what was done and what comes next. */
export function MovePage({
  target,
  region,
  instanceId,
}: {
  target: string;
  region: string;
  instanceId: string;
}) {
  const key = { region, instanceId };
  const { data, error, refetch } = useQuery(moveQuery(target, key));
  const refusal = useRefusal("preview-move");
  const [startsAgain, setStartsAgain] = useState(false);
  if (error && !data) return <ReadFailure title="Couldn't load the move" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading the move" lines={8} />;
  const { move } = data;
  if (!move && refusal) return <EmptyState title="This instance isn’t being moved">{refusal}</EmptyState>;
  if (!move || (move.endedAt && startsAgain))
    return (
      <MoveStart
        target={target}
        region={region}
        instanceId={instanceId}
        onBegun={() => setStartsAgain(false)}
      />
    );
  return (
    <div className="grid gap-3">
      <MoveProgress target={target} move={move} />
      {move.endedAt && !refusal && (
        <div>
          <Button onClick={() => setStartsAgain(true)}>Move it again</Button>
        </div>
      )}
    </div>
  );
}
