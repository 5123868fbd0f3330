"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";

/** Opens the plain links in it as Next's `Link` does, with one listener for all: a thousand of those are slow to draw. */
export function LinkArea({ children }: { children: ReactNode }) {
  const router = useRouter();
  const open = (event: MouseEvent<HTMLDivElement>) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    // Who asks for a new tab or a download gets it.
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    router.push(`${link.pathname}${link.search}${link.hash}` as Route);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what one reaches; the keyboard clicks them too
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link that is entered by the keyboard sends a click
    <div onClick={open}>{children}</div>
  );
}
