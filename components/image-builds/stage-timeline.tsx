"use client";
import { useEffect, useState } from "react";
import { describeDuration } from "@/lib/core/time";
import type { BuildStage } from "@/lib/image-builder/image-builds/types";

const BAR: Record<BuildStage["state"], string> = {
  waiting: "bg-mute-soft",
  running: "bg-run segment-running",
  succeeded: "bg-ok-calm",
  failed: "bg-fail",
  cancelled: "bg-mute",
  skipped: "bg-mute-soft",
};

const SAID: Record<BuildStage["state"], string> = {
  waiting: "waits",
  running: "running",
  succeeded: "done",
  failed: "failed",
  cancelled: "cancelled",
  skipped: "skipped",
};

/** Ticks once a second while something runs, so that its duration grows. */
function useNow(isRunning: boolean): number | undefined {
  const [now, setNow] = useState<number>();
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

/** The five stages of a build with what each took. */
export function StageTimeline({ stages }: { stages: BuildStage[] }) {
  const now = useNow(stages.some(({ state }) => state === "running"));
  return (
    <ol
      className="m-0 grid list-none grid-cols-2 gap-x-3 gap-y-2 sm:grid-cols-[1fr_5fr_3fr_2fr_1.4fr] sm:gap-[3px] p-0"
      aria-label="Stages"
    >
      {stages.map(({ name, state, startedAt, endedAt }) => {
        const end = endedAt ? Date.parse(endedAt) : state === "running" ? now : undefined;
        const took = startedAt && end ? describeDuration(end - Date.parse(startedAt)) : undefined;
        return (
          <li key={name} className="grid min-w-0 content-start gap-1 text-[11px] text-ink-2 sm:text-xs">
            <i className={`h-1.5 rounded-[3px] ${BAR[state]}`} />
            <span className="sm:truncate">
              <b
                className={state === "waiting" || state === "skipped" ? "font-normal" : "font-[550] text-ink"}
              >
                {name}
              </b>{" "}
              {took ?? (state === "skipped" || state === "cancelled" ? SAID[state] : "")}
              <span className="sr-only">, {SAID[state]}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
