import { describeDuration } from "@/lib/core/time";
import type { BuildDurations } from "@/lib/history/types";

/** The medians of the range in a row, each beside that of the range before. */
export function DurationFigures({ answer: { build, before, stages } }: { answer: BuildDurations }) {
  const wait = stages.find(({ stage }) => stage === "Create");
  const figures = [
    { label: "p50", ms: build?.p50Ms, beforeMs: before?.p50Ms },
    { label: "p95", ms: build?.p95Ms, beforeMs: before?.p95Ms },
  ];
  return (
    <dl className="m-0 flex flex-wrap gap-x-12 gap-y-2 border-line border-b px-3.5 py-2.5">
      {figures.map(({ label, ms, beforeMs }) => (
        <Figure key={label} label={label} value={ms === undefined ? "none yet" : describeDuration(ms)}>
          <Moved ms={ms} beforeMs={beforeMs} />
        </Figure>
      ))}
      <Figure label="Queue time, p50" value={wait ? describeDuration(wait.p50Ms) : "none yet"} />
      <Figure label="Successful builds" value={(build?.count ?? 0).toLocaleString("en")}>
        previous period: {(before?.count ?? 0).toLocaleString("en")}
      </Figure>
    </dl>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children?: React.ReactNode }) {
  return (
    <div>
      <dt className="text-ink-2 text-xs">{label}</dt>
      <dd className="m-0 flex flex-wrap items-baseline gap-x-2">
        <span className="font-[620] text-lg tracking-[-.01em]">{value}</span>
        <span className="text-ink-2 text-xs">{children}</span>
      </dd>
    </div>
  );
}

/** Below it, buckets of 4% cannot tell two medians apart. */
const SAME = 0.04;

function Moved({ ms, beforeMs }: { ms: number | undefined; beforeMs: number | undefined }) {
  if (ms === undefined || beforeMs === undefined) return "no previous period";
  if (Math.abs(ms - beforeMs) <= beforeMs * SAME) return "unchanged";
  const isSlower = ms > beforeMs;
  return (
    <b className={`font-[550] ${isSlower ? "text-wait" : "text-ok"}`}>
      {`${isSlower ? "↑" : "↓"} ${describeDuration(Math.abs(ms - beforeMs))}`}
      <span className="sr-only">{isSlower ? " slower" : " faster"}</span>
    </b>
  );
}
