"use client";
import { type UIEvent, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { BuildLogState } from "@/lib/build-log/types";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { apiUrls } from "@/lib/urls";
import { useBuildLog } from "./use-build-log";

const NEAR_END_PX = 24;

const SAID: Record<BuildLogState["phase"], string> = {
  opening: "Opening the log",
  waiting: "Waiting for the first line",
  live: "Live",
  slowed: "Live, slowed by AWS",
  interrupted: "Interrupted",
  denied: "Refused by AWS",
  missing: "No log",
  ended: "Ended",
};

const clock = (time: number) => new Date(time).toISOString().slice(11, 19);

/** The log of one build as it is written. Text stays text; scrolling up stops following. */
export function BuildLog({ target, imageBuildKey }: { target: string; imageBuildKey: ImageBuildKey }) {
  const log = useBuildLog(apiUrls.buildLog(target, imageBuildKey));
  const [isFollowing, setFollowing] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const count = log.texts.length;
  const { phase, message } = log.state;

  // Before the paint, so that the newest line is never seen outside the view first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what moves the end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isFollowing && element) element.scrollTop = element.scrollHeight;
  }, [isFollowing, count]);

  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) =>
    setFollowing(scrollHeight - scrollTop - clientHeight < NEAR_END_PX);

  return (
    <div className="flex min-w-0 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <h2 className="m-0 font-semibold text-[13.5px]">Log</h2>
        <span role="status" className="text-ink-3">
          {SAID[phase]}
        </span>
        <span className="ml-auto text-ink-3">{count.toLocaleString("en")} lines</span>
        <Button variant="quiet" aria-pressed={isFollowing} onClick={() => setFollowing(!isFollowing)}>
          {isFollowing ? "Following" : "Follow"}
        </Button>
      </div>
      <div
        ref={scroller}
        role="log"
        aria-label="Build log"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        onScroll={onScroll}
        className="h-[480px] overflow-auto bg-sunken py-1.5 font-mono text-[12.5px] leading-[1.62]"
      >
        {log.texts.map((text, line) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={line}
            className="grid grid-cols-[58px_78px_minmax(0,1fr)] pr-3.5 max-sm:grid-cols-[46px_minmax(0,1fr)]"
          >
            <span className="select-none pr-3.5 text-right text-ink-3">{line + 1}</span>
            <span className="select-none text-ink-3 max-sm:hidden">{clock(log.times[line] ?? 0)}</span>
            <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>
          </div>
        ))}
        {message && <p className="m-0 px-3.5 py-1 font-sans text-ink-2">{message}</p>}
        {count === 0 && !message && <p className="m-0 px-3.5 py-1 font-sans text-ink-2">{SAID[phase]}</p>}
      </div>
    </div>
  );
}
