"use client";
import { useEffect } from "react";
import type { BadgeTone } from "./status-badge";

/** Strokes on a 16 × 16 field, so that a state is told by its shape too. */
const SHAPES: Record<BadgeTone, string> = {
  run: "M8 3.5a4.5 4.5 0 1 1-4.5 4.5",
  ok: "M4 8.5l2.7 2.7L12 5.5",
  fail: "M5 5l6 6M11 5l-6 6",
  wait: "M8 4v5M8 11.6v.4",
  mute: "M4.5 8h7",
};

/** Shows a state in the browser's tab, in the color that it has on the page, for as long as it is drawn. Without a tone the icon stays the console's own. */
export function StateFavicon({ tone }: { tone?: BadgeTone }) {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (!link || !tone) return;
    const own = link.href;
    link.href = iconOf(tone);
    return () => {
      link.href = own;
    };
  }, [tone]);
  return null;
}

function iconOf(tone: BadgeTone): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="${colour(`--${tone}`)}"/><path d="${SHAPES[tone]}" fill="none" stroke="${colour("--surface")}" stroke-width="2" stroke-linecap="round"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
