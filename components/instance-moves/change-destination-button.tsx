"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { changeMoveAction } from "@/lib/actions/move-actions";
import type { ConsoleError } from "@/lib/core/failure";
import type { MoveDestination, MoveView } from "@/lib/fleet/moves/types";
import { movePreviewQuery } from "@/lib/queries/moves";
import { DestinationFields } from "./destination-fields";

/** Opens the destination again, as after a zone had no capacity. */
export function ChangeDestinationButton({ target, move }: { target: string; move: MoveView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PermittedButton action="change-move" onClick={() => setOpen(true)}>
        Change
      </PermittedButton>
      {isOpen && <ChangeDialog target={target} move={move} onClose={() => setOpen(false)} />}
    </>
  );
}

function ChangeDialog({ target, move, onClose }: { target: string; move: MoveView; onClose: () => void }) {
  const queries = useQueryClient();
  const [edit, setEdit] = useState<Partial<MoveDestination>>({});
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const destination = { ...move.destination, ...edit };
  const { region, instanceId } = move;
  const { data: preview, error } = useQuery({
    ...movePreviewQuery(target, {
      region,
      instanceId,
      to: destination.region,
      instanceType: destination.instanceType,
    }),
    placeholderData: keepPreviousData,
  });
  const change = () =>
    start(async () => {
      setRefusal(undefined);
      const result = await changeMoveAction({ target, id: move.id, destination });
      await queries.invalidateQueries({ queryKey: ["moves", target] });
      if (!result.ok) return setRefusal(result.error);
      onClose();
    });
  return (
    <ConfirmDialog
      title={`Change the destination in ${destination.region}`}
      confirmLabel="Change"
      keepLabel="Cancel"
      isBusy={isBusy || !preview}
      error={refusal ?? error?.message}
      onConfirm={change}
      onClose={onClose}
    >
      {preview ? (
        <DestinationFields
          target={target}
          home={region}
          places={preview.places}
          destination={destination}
          wrong={refusal?.fields ?? {}}
          onType={(instanceType) => setEdit({ ...edit, instanceType })}
          onEdit={(changed) => setEdit({ ...edit, ...changed })}
        />
      ) : (
        "Loading the Region…"
      )}
    </ConfirmDialog>
  );
}
