import type { ReactNode, Ref } from "react";
import { Input } from "@/components/ui/inputs";
import type { BuildLogState } from "@/lib/build-log/types";
import { readLineRange } from "./log-range";
import type { LogReader, LogReading } from "./log-reader";

const SAID: Record<BuildLogState["phase"], string> = {
  opening: "Opening log",
  waiting: "Waiting for the first line",
  live: "Live",
  slowed: "Live, throttled by AWS",
  interrupted: "Interrupted",
  denied: "Refused",
  missing: "No log",
  ended: "Complete",
};

/** How the log stands, and where to go in it. A screen reader hears a change of the state, and not each line. */
export function LogStatus({
  reader,
  reading: { log },
  lineRef,
  children,
}: {
  reader: LogReader;
  reading: LogReading;
  lineRef: Ref<HTMLInputElement>;
  children: ReactNode;
}) {
  const { phase, message } = log.state;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-3 py-1 text-ink-2 text-xs">
      <span role="status">
        {SAID[phase]}
        {message && `. ${message}`}
      </span>
      <span className="ml-auto">{children}</span>
      <Input
        ref={lineRef}
        aria-label="Go to line"
        title="A line or range, for example 120-130 (g)"
        placeholder="Line"
        inputMode="numeric"
        look="low"
        isSunken
        layout="w-[84px]"
        onKeyDown={({ key, currentTarget }) => {
          const range = key === "Enter" ? readLineRange(currentTarget.value) : undefined;
          if (range) reader.goToRange(range);
        }}
      />
      <span className="text-ink-3">{log.lineCount.toLocaleString("en")} lines</span>
    </div>
  );
}
