"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RefusalText } from "@/components/ui/refusal-text";
import { showToast } from "@/components/ui/toasts";
import { deleteResourceAction, planBulkDeletionAction } from "@/lib/actions/resource-actions";
import type { Refusal } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { BulkDeletionPlan, PlannedThing } from "@/lib/fleet/clean-up/types";

type Outcome = { isDone: boolean; refusal?: Refusal };

/**
 * What goes of the chosen rows and what stays, then one deletion after the other, each with what became of it. It can
 * be stopped by closing and gone on with by opening it again: the plan is what AWS says then.
 */
export function DeleteSeveralDialog({
  target,
  kind,
  resources,
  onEnd,
  onClose,
}: {
  target: string;
  kind: ResourceKind;
  resources: { kind: ResourceKind; name: string }[];
  /** Everything that could go is gone. */
  onEnd: () => void;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const { data: planned, error } = useQuery({
    queryKey: ["bulk-deletion", target, resources],
    queryFn: () => planBulkDeletionAction({ target, resources }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const plan = planned?.ok ? planned.value : undefined;
  const refusal = planned && !planned.ok ? planned.error : undefined;
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [isBusy, start] = useTransition();
  const goes = plan?.goes ?? [];
  const left = goes.filter(({ id }) => !outcomes.get(id)?.isDone);
  const refused = left.filter(({ id }) => outcomes.get(id)?.refusal);
  const { one, many, versioned } = KIND_FACTS[kind];
  const noun = (count: number) =>
    versioned ? `unused ${count === 1 ? "version" : "versions"}` : count === 1 ? one : many;

  const deleteAll = () =>
    start(async () => {
      const found = new Map(outcomes);
      for (const thing of left) {
        found.set(thing.id, await deleteOne(target, thing));
        setOutcomes(new Map(found));
      }
      await queries.invalidateQueries({ queryKey: ["resources", target] });
      if (left.some(({ id }) => !found.get(id)?.isDone)) return;
      showToast({ text: `Deleted ${goes.length} ${noun(goes.length)}.` });
      onEnd();
      onClose();
    });
  return (
    <ConfirmDialog
      title={plan ? `Delete ${goes.length} ${noun(goes.length)}?` : "Checking usage…"}
      confirmLabel={refused.length > 0 ? `Retry ${refused.length}` : `Delete ${left.length}`}
      keepLabel={outcomes.size > 0 ? "Close" : "Cancel"}
      danger
      isBusy={isBusy || left.length === 0}
      error={refusal ?? error?.message}
      onConfirm={deleteAll}
      onClose={onClose}
    >
      {plan && (
        <div className="grid gap-2.5">
          <p className="m-0">
            {goes.length > 0
              ? "Nothing uses these. Deleting them can’t be undone."
              : "Nothing can be deleted: everything you selected is in use, or its usage is not known."}
          </p>
          {goes.length > 0 && <GoingList goes={goes} outcomes={outcomes} />}
          <StayingList stays={plan.stays} />
          <p className="m-0 text-ink-3 text-xs">Existing images and AMIs are kept.</p>
        </div>
      )}
    </ConfirmDialog>
  );
}

async function deleteOne(target: string, { kind, at }: PlannedThing): Promise<Outcome> {
  const arn = at && "arn" in at ? at.arn : "";
  const result = await deleteResourceAction({ target, kind: kind as ResourceKind, arn });
  // Somebody else may have deleted it meanwhile.
  if (result.ok || result.error.code === "not-found") return { isDone: true };
  return { isDone: false, refusal: result.error };
}

function GoingList({ goes, outcomes }: { goes: PlannedThing[]; outcomes: ReadonlyMap<string, Outcome> }) {
  return (
    <ul
      aria-live="polite"
      aria-label="Will be deleted"
      className="m-0 grid max-h-[30vh] list-none gap-1 overflow-auto p-0"
    >
      {goes.map(({ id, name }) => {
        const { isDone = false, refusal } = outcomes.get(id) ?? {};
        return (
          <li key={id} className="[overflow-wrap:anywhere]">
            <span className={isDone ? "text-ink-3 line-through" : "text-ink"}>{name}</span>
            {isDone && <span className="text-ink-3 text-xs"> deleted</span>}
            {refusal && (
              <span className="block text-fail text-xs">
                <RefusalText refusal={refusal} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function StayingList({ stays }: { stays: BulkDeletionPlan["stays"] }) {
  if (stays.length === 0) return null;
  return (
    <details open={stays.length <= 3}>
      <summary className="cursor-pointer">
        {stays.length} {stays.length === 1 ? "stays" : "stay"}
      </summary>
      <ul aria-label="Stays" className="m-0 mt-1.5 grid max-h-[24vh] list-none gap-1.5 overflow-auto p-0">
        {stays.map(({ id, name, why, isNotKnown }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            <span className="text-ink">{name}</span>
            <span className={`block text-xs ${isNotKnown ? "text-wait" : "text-ink-3"}`}>
              {why.slice(0, 2).join(" ")}
              {why.length > 2 && ` And ${why.length - 2} more.`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
