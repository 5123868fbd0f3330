"use client";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button";
import { useClosingDetails } from "./use-closing-details";

/** The actions that are not among a page's first two. Closes by Escape and by a click elsewhere. */
export function MoreMenu({ children }: { children: ReactNode }) {
  const menu = useClosingDetails();
  return (
    <details ref={menu} className="relative">
      <summary className={buttonClass("quiet", "px-2.5 list-none [&::-webkit-details-marker]:hidden")}>
        More
        <ChevronDown size={13} aria-hidden />
      </summary>
      <div className="absolute right-0 z-30 mt-1 grid w-max min-w-52 justify-items-stretch gap-0.5 rounded-lg border border-line bg-surface p-1.5 shadow-xl max-sm:right-auto max-sm:left-0 [&_a]:justify-start [&_button]:w-full [&_button]:justify-start">
        {children}
      </div>
    </details>
  );
}
