"use client";
import { createContext, type ReactNode, use } from "react";
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

/** Gives the label of a target; its ID where it is not known. */
export function useTargetNames(): (target: string) => string {
  const targets = use(Targets);
  return (target) => targets.find(({ id }) => id === target)?.label ?? target;
}

/** Says whose row it is, where rows of several accounts stand together. */
export function AccountMark({ target }: { target: string }) {
  const labelOf = useTargetNames();
  return (
    <span className="inline-block max-w-32 truncate rounded border border-line-strong px-1.5 align-middle text-ink-2 text-xs leading-[18px]">
      {labelOf(target)}
    </span>
  );
}
