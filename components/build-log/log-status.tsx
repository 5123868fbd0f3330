import type { BuildLogState } from "@/lib/build-log/types";

const SAID: Record<BuildLogState["phase"], string> = {
  opening: "Opening the log",
  waiting: "Waiting for the first line",
  live: "Live",
  slowed: "Live, slowed by AWS",
  interrupted: "Interrupted",
  denied: "Refused",
  missing: "No log",
  ended: "Complete",
};

/** How the log stands. A screen reader hears this change, and not each line. */
export function LogStatus({
  state: { phase, message },
  lineCount,
}: {
  state: BuildLogState;
  lineCount: number;
}) {
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-2 border-line border-t px-3 py-1 text-ink-2 text-xs">
      <span role="status">
        {SAID[phase]}
        {message && `. ${message}`}
      </span>
      <span className="ml-auto text-ink-3">{lineCount.toLocaleString("en")} lines</span>
    </div>
  );
}
