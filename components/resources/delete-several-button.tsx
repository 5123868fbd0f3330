"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";

const DeleteSeveralDialog = dynamic(() =>
  import("./delete-several-dialog").then(({ DeleteSeveralDialog: dialog }) => dialog),
);

/** Deletes what nothing uses of the ticked rows of a list, of a kind with versions each version by itself. */
export function DeleteSeveralButton({
  target,
  kind,
  rows,
  onEnd,
}: {
  target: string;
  kind: ResourceKind;
  rows: { kind: ResourceKind; name: string }[];
  onEnd: () => void;
}) {
  const unseen = useRefusal("plan-bulk-deletion");
  const [asked, setAsked] = useState<{ kind: ResourceKind; name: string }[]>();
  return (
    <>
      <PermittedButton
        action="delete-resource"
        disabled={unseen !== undefined}
        title={unseen}
        onClick={() => setAsked(rows.map((row) => ({ kind: row.kind, name: row.name })))}
      >
        {KIND_FACTS[kind].versioned ? "Delete unused versions…" : "Delete…"}
      </PermittedButton>
      {asked && (
        <DeleteSeveralDialog
          target={target}
          kind={kind}
          resources={asked}
          onEnd={onEnd}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
