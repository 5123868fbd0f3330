"use client";
import { useSearchParams } from "next/navigation";
import { useSyncExternalStore } from "react";
import { writeAddress } from "@/components/ui/navigation-under-way";

/** Of a table called Pipelines: `goldsmith-columns Pipelines` holds the ids of the columns that are left out. */
const PREFIX = "goldsmith-columns ";
const IN_ADDRESS = "hide";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The columns that are left out now, as they would stand in an address. */
export const hiddenInBrowser = (table: string): string => read(table);

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
  // A saved view, or somebody else's link, says in the address which columns it is about.
  const linked = useSearchParams().get(IN_ADDRESS);
  const hidden = (linked ?? stored).split(" ").filter(Boolean);
  return {
    isHidden: (column) => hidden.includes(column),
    setHidden: (column, isHidden) => {
      const rest = hidden.filter((each) => each !== column);
      const chosen = [...rest, ...(isHidden ? [column] : [])].join(" ");
      if (linked !== null)
        return writeAddress((query) => {
          query.set(IN_ADDRESS, chosen);
          return `${window.location.pathname}?${query}`;
        });
      write(table, chosen);
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
