"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { ActionResult, ConsoleError } from "@/lib/core/failure";

/** A write of this page: its refusal, whether it is under way, and the list read again once it is done. */
export function useTokenWrite(target: string) {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const write = <Value>(send: () => Promise<ActionResult<Value>>, onDone?: (value: Value) => void) =>
    start(async () => {
      const result = await send();
      setRefusal(result.ok ? undefined : result.error);
      if (!result.ok) return;
      onDone?.(result.value);
      await queries.invalidateQueries({ queryKey: ["api-tokens", target] });
    });
  return { refusal, isBusy, write };
}
