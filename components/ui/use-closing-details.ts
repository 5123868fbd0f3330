"use client";
import { type RefObject, useEffect, useRef } from "react";

/** For a `details` that lies over the page: Escape closes it and leads back to its summary, a click elsewhere closes it. */
export function useClosingDetails(): RefObject<HTMLDetailsElement | null> {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: PointerEvent | KeyboardEvent) => {
      const panel = details.current;
      if (!panel?.open) return;
      const isEscape = "key" in event && event.key === "Escape";
      const isOutside = event.type === "pointerdown" && !panel.contains(event.target as Node);
      if (!isEscape && !isOutside) return;
      panel.open = false;
      if (isEscape) panel.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  return details;
}
