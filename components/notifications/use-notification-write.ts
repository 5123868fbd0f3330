"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { showToast } from "@/components/ui/toasts";
import type { ActionResult, ConsoleError } from "@/lib/core/failure";

/** A write of this page: its refusal, whether it is under way, and the list read again once it is done. */
export function useNotificationWrite(target: string) {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const takingBack = (undo: () => Promise<ActionResult<unknown>>) => async () => {
    const undone = await undo();
    await queries.invalidateQueries({ queryKey: ["notifications", target] });
    return undone.ok ? undefined : undone.error.message;
  };
  const write = <Value>(
    send: () => Promise<ActionResult<Value>>,
    onDone?: (value: Value) => void,
    done?: { text: string; undo?: () => Promise<ActionResult<unknown>> },
  ) =>
    start(async () => {
      const result = await send();
      setRefusal(result.ok ? undefined : result.error);
      if (!result.ok) return;
      await queries.invalidateQueries({ queryKey: ["notifications", target] });
      if (done) showToast({ text: done.text, ...(done.undo && { undo: takingBack(done.undo) }) });
      onDone?.(result.value);
    });
  return { refusal, isBusy, write };
}
