"use client";
import { createContext, type ReactNode, use } from "react";
import type { Environment } from "@/lib/core/target";
import type { TargetSummary } from "@/lib/image-builder/targets/types";

const Targets = createContext<TargetSummary[]>([]);

/** The accounts that the person may see, for rows that name one by its ID. */
export function TargetNamesProvider({
  targets,
  children,
}: {
  targets: TargetSummary[];
  children: ReactNode;
}) {
  return <Targets value={targets}>{children}</Targets>;
}

/** The accounts that the person may see. */
export const useTargets = (): TargetSummary[] => use(Targets);

/** Gives the label of a target; its ID where it is not known. */
export function useTargetNames(): (target: string) => string {
  const targets = use(Targets);
  return (target) => targets.find(({ id }) => id === target)?.label ?? target;
}

/** Production alone has a color. */
const LOOKS: Record<Environment | "none", string> = {
  production: "border-prod bg-prod-soft text-prod",
  staging: "border-line-strong text-ink-2",
  development: "border-line-strong border-dashed text-ink-2",
  none: "border-line-strong text-ink-2",
};

/** What the account is for, with the word: never color alone. */
export function EnvironmentMark({ environment }: { environment: Environment }) {
  return (
    <span className={`rounded border px-1 font-[550] text-[11px] leading-4 ${LOOKS[environment]}`}>
      {ENVIRONMENT_WORDS[environment]}
    </span>
  );
}

const ENVIRONMENT_WORDS: Record<Environment, string> = {
  production: "Prod",
  staging: "Staging",
  development: "Dev",
};

/** Says whose row it is, where rows of several accounts stand together. */
export function AccountMark({ target }: { target: string }) {
  const found = use(Targets).find(({ id }) => id === target);
  return (
    <span
      className={`inline-block max-w-32 truncate rounded border px-1.5 align-middle text-xs leading-[18px] ${LOOKS[found?.environment ?? "none"]}`}
    >
      {found?.label ?? target}
    </span>
  );
}
