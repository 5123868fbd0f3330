"use client";
import { createContext, type ReactNode, use } from "react";

const PageClock = createContext(0);

/** When the server made the page, in epoch milliseconds: relative times begin from it, so that none jumps later. */
export const usePageClock = () => use(PageClock);

export function PageClockProvider({ now, children }: { now: number; children: ReactNode }) {
  return <PageClock value={now}>{children}</PageClock>;
}
