"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Action } from "@/lib/auth/permissions";
import type { Refusals } from "@/lib/core/actor";
import { namedSo } from "@/lib/core/name-rule";

const RefusalsContext = createContext<Refusals>({});

/** Tells the controls below what the person may not do on this target. The use cases decide again by themselves. */
export function PermissionsProvider({ refusals, children }: { refusals: Refusals; children: ReactNode }) {
  return <RefusalsContext value={refusals}>{children}</RefusalsContext>;
}

/** Why the person may not do this with a resource of that name, or with any; undefined when they may. */
export function useRefusal(action: Action, name?: string): string | undefined {
  const refusal = useContext(RefusalsContext)[action];
  const isCovered = refusal?.except.some((prefix) => name === undefined || namedSo(name, prefix));
  return isCovered ? undefined : refusal?.reason;
}
