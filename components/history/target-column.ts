import type { ChartColumn } from "@/components/charts/chart-card";
import type { HistoryState } from "@/lib/history/types";

/** Says whose row it is, where rows of several targets stand together. */
export const targetColumn = <Row extends { target: string }>({
  targets,
}: HistoryState): ChartColumn<Row>[] =>
  targets === "all" ? [{ header: "Target", value: ({ target }) => target }] : [];
