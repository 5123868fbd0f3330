"use client";
import { useState } from "react";

/** The rows that are ticked. What is gone from the table, or not shown by its filters, is not among them. */
export function useRowSelection<Row>(shown: Row[], keyOf: (row: Row) => string) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const selected = shown.filter((row) => keys.has(keyOf(row)));
  const set = (rows: Row[], isOn: boolean) => {
    const next = new Set(keys);
    for (const row of rows) {
      if (isOn) next.add(keyOf(row));
      else next.delete(keyOf(row));
    }
    setKeys(next);
  };
  return {
    selected,
    isSelected: (row: Row) => keys.has(keyOf(row)),
    set,
    clear: () => setKeys(new Set()),
  };
}
