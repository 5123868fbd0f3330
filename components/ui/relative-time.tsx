"use client";
import { useSyncExternalStore } from "react";
import { describeInstant, describeRelative } from "@/lib/core/time";
import { usePageClock } from "./page-clock";
import { useTimeZone } from "./time-zone";

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

/** One clock for every relative time on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const readNow = () => {
  if (now === 0) now = Date.now();
  return now;
};

/**
 * "3 h ago", with the exact time in the chosen zone on hover. The server draws it as of the time of the page, so that
 * columns keep their width; outside the shell, where no such time is known, the exact time in UTC.
 */
export function RelativeTime({ at }: { at: string }) {
  const madeAt = usePageClock();
  const timeZone = useTimeZone();
  const current = useSyncExternalStore(subscribe, readNow, () => madeAt);
  const exact = describeInstant(at, timeZone);
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {current === 0 ? exact : describeRelative(at, current)}
    </time>
  );
}
