"use client";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/**
 * How much of a long table is drawn. `first`: some rows, until somebody does anything, so that a page that is only
 * opened fetches nothing for it, and the server writes no place of rows into styles, which the page's policy forbids.
 * `view`: the rows in view. `whole`: for paper and the browser's own search, which look at what is drawn.
 */
export type DrawnRows = "first" | "view" | "whole";

const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "scroll", "focusin"] as const;

/** @param isLong whether the table is long enough to matter. */
export function useDrawnRows(isLong: boolean): DrawnRows {
  const [drawn, setDrawn] = useState<DrawnRows>("first");
  useEffect(() => {
    if (!isLong) return;
    const wake = () => setDrawn((before) => (before === "first" ? "view" : before));
    const drawAll = () => flushSync(() => setDrawn("whole"));
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") drawAll();
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, wake, { passive: true });
    window.addEventListener("beforeprint", drawAll);
    window.addEventListener("keydown", onKey);
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, wake);
      window.removeEventListener("beforeprint", drawAll);
      window.removeEventListener("keydown", onKey);
    };
  }, [isLong]);
  return isLong ? drawn : "whole";
}
