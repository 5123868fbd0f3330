"use client";
import { useSyncExternalStore } from "react";

/** Of a table called Pipelines: `goldsmith-columns Pipelines` holds the ids of the columns that are left out. */
const PREFIX = "goldsmith-columns ";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Which columns of a table somebody left out, kept by this browser. The server draws them all. */
export function useChosenColumns(table: string): {
  isHidden: (column: string) => boolean;
  setHidden: (column: string, isHidden: boolean) => void;
} {
  const stored = useSyncExternalStore(
    subscribe,
    () => read(table),
    () => "",
  );
  const hidden = stored.split(" ").filter(Boolean);
  return {
    isHidden: (column) => hidden.includes(column),
    setHidden: (column, isHidden) => {
      const rest = hidden.filter((each) => each !== column);
      write(table, [...rest, ...(isHidden ? [column] : [])].join(" "));
      for (const listener of listeners) listener();
    },
  };
}

function read(table: string): string {
  try {
    return localStorage.getItem(PREFIX + table) ?? "";
  } catch {
    // A browser may keep nothing; all columns are shown then.
    return "";
  }
}

function write(table: string, hidden: string): void {
  try {
    localStorage.setItem(PREFIX + table, hidden);
  } catch {
    // The choice lasts as long as nothing is kept.
  }
}
