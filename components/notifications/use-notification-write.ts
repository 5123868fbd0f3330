"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { ActionResult, ConsoleError } from "@/lib/core/failure";

/** A write of this page: its refusal, whether it is under way, and the list read again once it is done. */
export function useNotificationWrite(target: string) {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const write = <Value>(send: () => Promise<ActionResult<Value>>, onDone?: (value: Value) => void) =>
    start(async () => {
      const result = await send();
      setRefusal(result.ok ? undefined : result.error);
      if (!result.ok) return;
      await queries.invalidateQueries({ queryKey: ["notifications", target] });
      onDone?.(result.value);
    });
  return { refusal, isBusy, write };
}
