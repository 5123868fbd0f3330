"use client";
import { useQuery } from "@tanstack/react-query";
import { describeDuration } from "@/lib/core/time";
import type { SyncProgress } from "@/lib/history/types";
import { historyProgressQuery } from "@/lib/queries/history";

/** How far the index is, while it is not complete: figures below count what is there. */
export function SyncNotice({ target }: { target: string }) {
  const { data } = useQuery(historyProgressQuery(target));
  const words = data && inWords(data);
  if (!data || !words) return null;
  const share = data.builds > 0 ? (data.builds - data.pending) / data.builds : 0;
  return (
    <div role="status" className="mb-4 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft">
      <p className="m-0 text-ink-2">{words}</p>
      {data.phase === "reading" && (
        <svg
          viewBox="0 0 100 2"
          preserveAspectRatio="none"
          className="mt-1.5 h-1 w-full"
          role="img"
          aria-label={`${Math.floor(share * 100)}% indexed`}
        >
          <rect width={100} height={2} className="fill-mute-soft" />
          <rect width={share * 100} height={2} className="fill-run" />
        </svg>
      )}
      {data.mistake && <p className="m-0 text-fail">{data.mistake} Retrying in 30 seconds.</p>}
    </div>
  );
}

function inWords({ phase, builds, pending, secondsLeft, mistake }: SyncProgress): string | undefined {
  if (phase === "off")
    return "No builds indexed yet. Background indexing runs unless GOLDSMITH_HISTORY_RATE is 0.";
  if (phase === "listing") return `Indexing history: ${builds.toLocaleString("en")} builds found so far.`;
  if (phase === "reading")
    return `Indexing history: ${(builds - pending).toLocaleString("en")} of ${builds.toLocaleString("en")} builds${secondsLeft === undefined ? "" : `, about ${describeDuration(secondsLeft * 1000)} left`}. Causes and durations may be incomplete.`;
  return mistake ? "The history is not up to date." : undefined;
}
