"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { changesInWords } from "@/lib/definitions/changes-in-words";
import type { JsonObject } from "@/lib/definitions/types";
import { ChangeList } from "./change-list";

/**
 * What a full replacement is going to change, before it does. Members that no form knows are in `before` and
 * `after` alike, so they are not among the changes and stay.
 */
export function ChangeReview({
  name,
  before,
  after,
  isBusy,
  error,
  onConfirm,
  onClose,
}: {
  name: string;
  before: JsonObject;
  after: JsonObject;
  isBusy: boolean;
  error?: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const count = changesInWords(before, after).length;
  return (
    <ConfirmDialog
      title={`Save ${count} ${count === 1 ? "change" : "changes"} to ${name}?`}
      confirmLabel="Save changes"
      keepLabel="Keep editing"
      isBusy={isBusy}
      error={error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ChangeList before={before} after={after} />
    </ConfirmDialog>
  );
}
