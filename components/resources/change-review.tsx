"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { jsonChanges } from "@/lib/definitions/json-changes";
import type { Json, JsonObject } from "@/lib/definitions/types";

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
  const count = jsonChanges(before, after).length;
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

/** Each change on its line: the member, what it was, what it becomes. */
export function ChangeList({ before, after }: { before: JsonObject; after: JsonObject }) {
  const changes = jsonChanges(before, after);
  if (changes.length === 0) return <p className="m-0">No changes.</p>;
  return (
    <ul className="m-0 grid max-h-[50vh] list-none gap-2 overflow-auto p-0">
      {changes.map((change) => (
        <li key={change.path} className="grid gap-0.5 rounded bg-sunken px-2.5 py-1.5">
          <span className="font-mono text-ink-2 text-xs">{change.path}</span>
          {change.before !== undefined && (
            <del className="font-mono text-fail text-xs no-underline [overflow-wrap:anywhere]">
              <span className="sr-only">was </span>
              <span aria-hidden="true">- </span>
              {said(change.before)}
            </del>
          )}
          {change.after !== undefined && (
            <ins className="font-mono text-ok text-xs no-underline [overflow-wrap:anywhere]">
              <span className="sr-only">becomes </span>
              <span aria-hidden="true">+ </span>
              {said(change.after)}
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}

const said = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
