"use client";
import { useQuery } from "@tanstack/react-query";
import { TimeChart } from "@/components/charts/time-chart";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import type { HistoryState } from "@/lib/history/types";
import { historyQuery } from "@/lib/queries/history";
import { HealthTiles } from "./factory-health-panel";
import { resultHref, resultStacks } from "./result-bars";

const WALL_EVERY_MS = 10_000;
/** A wall is not scrolled. */
const MOST_SHOWN = 12;

/** For a screen on the wall: what needs somebody, in large. It refreshes itself. */
export function HistoryWall({ target, question }: { target: string; question: HistoryState }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...historyQuery(target, "health", question),
    refetchInterval: WALL_EVERY_MS,
    refetchIntervalInBackground: true,
  });
  if (!data)
    return (
      <Card flush>
        {error ? (
          <ReadFailure title="Couldn't load the history" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading the history" lines={12} />
        )}
      </Card>
    );
  const trouble = data.pipelines.filter(({ streak, isStale }) => streak?.result === "failed" || isStale);
  return (
    <div data-wall="" className="xl:[zoom:1.3]">
      <HealthTiles answer={data} />
      <Card className="mb-4" title="Builds by day" note={`${data.range.from} to ${data.range.to}`}>
        <TimeChart
          label="Builds by day"
          days={data.days.map(({ day }) => day)}
          measure="count"
          format={(count) => count.toLocaleString("en")}
          stacks={resultStacks(data.days)}
          hrefOf={resultHref(target, question, data.days)}
        />
      </Card>
      <Card
        title="Needs attention"
        note={
          <>
            updated <RelativeTime at={new Date(dataUpdatedAt).toISOString()} />
          </>
        }
      >
        {trouble.length === 0 ? (
          <p className="m-0 text-2xl">All pipelines healthy</p>
        ) : (
          <ul className="m-0 grid list-none gap-2 p-0 text-xl">
            {trouble.slice(0, MOST_SHOWN).map(({ target: of, pipeline, streak, ageDays, isStale }) => (
              <li key={`${of}/${pipeline}`} className="flex flex-wrap items-center gap-3">
                <span className="font-[550]">{pipeline}</span>
                {of !== target && <span className="text-base text-ink-3">{of}</span>}
                {streak?.result === "failed" && (
                  <StatusBadge tone="fail">{`${streak.count} failed in a row`}</StatusBadge>
                )}
                {isStale && (
                  <StatusBadge tone="wait">
                    {ageDays === undefined ? "no successful image" : `latest image ${ageDays} days old`}
                  </StatusBadge>
                )}
              </li>
            ))}
            {trouble.length > MOST_SHOWN && (
              <li className="text-base text-ink-2">{`and others: ${data.standing.failing.toLocaleString("en")} fail, ${data.standing.stale.toLocaleString("en")} are stale`}</li>
            )}
          </ul>
        )}
      </Card>
    </div>
  );
}
