"use client";
import type { ChartColumn } from "@/components/charts/chart-card";
import { useTargetNames } from "@/components/shell/target-names";
import type { HistoryState } from "@/lib/history/types";

/** Says whose row it is, where rows of several accounts stand together. */
export function useTargetColumn<Row extends { target: string }>({
  targets,
}: HistoryState): ChartColumn<Row>[] {
  const labelOf = useTargetNames();
  return targets === "all" ? [{ header: "Account", value: ({ target }) => labelOf(target) }] : [];
}
