"use client";
import { useQueryClient } from "@tanstack/react-query";
import { BulkActionButton } from "@/components/resource-table/bulk-action-button";
import { deleteResourceAction } from "@/lib/actions/resource-actions";
import type { ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { ResourceSummary } from "@/lib/definitions/types";

/** Deletes the ticked rows of a list; AWS refuses those that something uses. */
export function DeleteSeveralButton({
  target,
  kind,
  rows,
  onEnd,
}: {
  target: string;
  kind: ResourceKind;
  rows: ResourceSummary[];
  onEnd: () => void;
}) {
  const queries = useQueryClient();
  const { one, many } = KIND_FACTS[kind];
  return (
    <BulkActionButton
      label="Delete"
      doneWord="Deleted"
      question={`Delete ${rows.length} ${rows.length === 1 ? one : many}?`}
      explanation="Resources in use are kept; their pages list what uses them. Deleting the others can't be undone."
      action="delete-resource"
      danger
      rows={rows}
      nameOf={({ name }) => name}
      run={({ arn }) => deleteResourceAction({ target, kind, arn })}
      onEnd={(left) => {
        void queries.invalidateQueries({ queryKey: ["resources", target] });
        if (left.length === 0) onEnd();
      }}
    />
  );
}
