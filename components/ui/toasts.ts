import type { Route } from "next";
import { useSyncExternalStore } from "react";

/** What was done, in a sentence, with the way to it or back from it. */
type Toast = {
  text: string;
  link?: { label: string; href: Route };
  /** Takes it back; resolves to the reason when it was refused. */
  undo?: () => Promise<string | undefined>;
};

export type ShownToast = Toast & { id: number };

/** More would cover the page. */
const AT_MOST = 3;
const NONE: ShownToast[] = [];
const listeners = new Set<() => void>();
let shown: ShownToast[] = NONE;
let last = 0;

function set(next: ShownToast[]) {
  shown = next;
  for (const each of listeners) each();
}

/** Says that something was saved, created or deleted, over whichever page comes next. */
export function showToast(toast: Toast): void {
  set([...shown.slice(1 - AT_MOST), { ...toast, id: ++last }]);
}

export const closeToast = (id: number): void => set(shown.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What is shown at the moment, the latest last. */
export const useToasts = (): ShownToast[] =>
  useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  );
