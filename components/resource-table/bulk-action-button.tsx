"use client";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RefusalText } from "@/components/ui/refusal-text";
import { showToast } from "@/components/ui/toasts";
import type { Action } from "@/lib/auth/permissions";
import type { ActionResult, Refusal } from "@/lib/core/failure";

type Outcome = { isDone: boolean; refusal?: Refusal };

/**
 * One action on several rows, after asking: one row after the other, each with what became of it. Rows that AWS
 * refuses stay in the dialog with their reason, and the others are done all the same.
 */
export function BulkActionButton<Row>({
  label,
  question,
  explanation,
  action,
  danger = false,
  rows,
  nameOf,
  run,
  undo,
  doneWord,
  onEnd,
}: {
  label: string;
  /** "Delete 3 policies?" */
  question: string;
  explanation: string;
  /** The use case that it starts. */
  action: Action;
  danger?: boolean;
  rows: Row[];
  nameOf: (row: Row) => string;
  run: (row: Row) => Promise<ActionResult<unknown>>;
  /** Takes one of them back, where AWS can. */
  undo?: (row: Row) => Promise<ActionResult<unknown>>;
  /** "Deleted": said of what was done. */
  doneWord: string;
  /** Called when something was done; `left` are the rows that were refused. */
  onEnd: (left: Row[]) => void;
}) {
  const [asked, setAsked] = useState<Row[]>();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<Row, Outcome>>(new Map());
  const [isBusy, start] = useTransition();
  const left = (asked ?? []).filter((row) => !outcomes.get(row)?.isDone);
  const refused = left.filter((row) => outcomes.get(row)?.refusal);

  const runAll = () =>
    start(async () => {
      const found = new Map(outcomes);
      for (const row of left) {
        const result = await run(row);
        found.set(row, result.ok ? { isDone: true } : { isDone: false, refusal: result.error });
        setOutcomes(new Map(found));
      }
      const rest = left.filter((row) => !found.get(row)?.isDone);
      onEnd(rest);
      if (rest.length > 0) return;
      setAsked(undefined);
      showToast({
        text: `${doneWord} ${left.length === 1 ? left.map(nameOf).join("") : left.length}.`,
        ...(undo && {
          undo: async () => {
            const results = [];
            for (const row of left) results.push(await undo(row));
            onEnd([]);
            const refusedAgain = results.find((result) => !result.ok);
            return refusedAgain?.ok === false ? refusedAgain.error.message : undefined;
          },
        }),
      });
    });
  return (
    <>
      <PermittedButton
        action={action}
        onClick={() => {
          setOutcomes(new Map());
          setAsked(rows);
        }}
      >
        {label}
      </PermittedButton>
      {asked && (
        <ConfirmDialog
          title={question}
          confirmLabel={refused.length > 0 ? `Retry ${refused.length}` : label}
          keepLabel={outcomes.size > 0 ? "Close" : "Cancel"}
          danger={danger}
          isGuarded
          isBusy={isBusy}
          onConfirm={runAll}
          onClose={() => setAsked(undefined)}
        >
          <p className="mt-0 mb-2">{explanation}</p>
          <ul aria-live="polite" className="m-0 grid max-h-[40vh] list-none gap-1 overflow-auto p-0">
            {asked.map((row) => {
              const { isDone = false, refusal } = outcomes.get(row) ?? {};
              return (
                <li key={nameOf(row)} className="[overflow-wrap:anywhere]">
                  <span className={isDone ? "text-ink-3 line-through" : "text-ink"}>{nameOf(row)}</span>
                  {isDone && <span className="text-ink-3 text-xs"> done</span>}
                  {refusal && (
                    <span className="block text-fail text-xs">
                      <RefusalText refusal={refusal} />
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </ConfirmDialog>
      )}
    </>
  );
}
