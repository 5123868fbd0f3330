"use client";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { ActionResult, ConsoleError } from "@/lib/core/failure";

/**
 * An action that is asked about first: `ask` opens the question, `dialog` is what `ConfirmDialog` needs while `isAsking`.
 * The dialog closes once the action succeeded, and says why where it was refused. `stale` is read again either way.
 */
export function useAskedFirst<Value>({
  run,
  stale,
  onDone = () => undefined,
}: {
  run: () => Promise<ActionResult<Value>>;
  stale: QueryKey;
  onDone?: (value: Value) => void;
}) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const onConfirm = () =>
    start(async () => {
      setError(undefined);
      const result = await run();
      await queries.invalidateQueries({ queryKey: stale });
      if (!result.ok) return setError(result.error);
      setAsking(false);
      onDone(result.value);
    });
  const ask = () => {
    setError(undefined);
    setAsking(true);
  };
  return { isAsking, ask, dialog: { isBusy, error, onConfirm, onClose: () => setAsking(false) } };
}
