import { type RefObject, useLayoutEffect } from "react";

/** The place of a field that had the focus when its page was taken away, until that change is drawn. */
let left: string | undefined;

/**
 * A list in place of another, such as shared images for one's own, brings a search field of its own: somebody who
 * types in the old one goes on in the new one. Only within one page, and only when both are drawn in one change.
 */
export function useKeptFocus(field: RefObject<HTMLInputElement | null>): void {
  useLayoutEffect(() => {
    if (left === window.location.pathname) field.current?.focus();
    left = undefined;
    const input = field.current;
    const { pathname } = window.location;
    return () => {
      if (!input || document.activeElement !== input) return;
      left = pathname;
      queueMicrotask(() => {
        left = undefined;
      });
    };
  }, [field]);
}
