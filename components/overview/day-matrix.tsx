import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import type { DayCell, Overview } from "@/lib/overview/types";

const CELL: Record<DayCell, string> = {
  none: "bg-mute-soft",
  good: "bg-ok-calm",
  bad: "bg-fail",
  mixed: "bg-linear-to-t from-40% from-fail to-40% to-ok-calm",
  running: "bg-run",
};

/** "12 days with good builds, 2 with failures": what the cells say, in words. */
function inWords(cells: DayCell[]): string {
  const days = (kind: DayCell) => cells.filter((cell) => cell === kind).length;
  const parts = [
    [days("good"), "succeeded"],
    [days("mixed"), "mixed"],
    [days("bad"), "failed"],
    [days("running"), "running"],
    [days("none"), "without builds"],
  ] as const;
  return `Days: ${parts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`)
    .join(", ")}`;
}

/** More rows than one looks over: then those that ran last, until one asks for all. */
const MANY = 40;

/** Each pipeline's days in one line, today on the right. */
export function DayMatrix({ target, days }: { target: string; days: Overview["days"] }) {
  const [showsAll, setShowsAll] = useState(false);
  const isCut = days.length > MANY && !showsAll;
  const shown = isCut ? latestFirst(days).slice(0, MANY) : days;
  return (
    <Card
      title="Build activity"
      note={
        isCut
          ? `last ${days[0]?.cells.length ?? 0} days, the ${MANY} most recently run pipelines`
          : `last ${days[0]?.cells.length ?? 0} days`
      }
      action={
        <Link
          href={urls.history(target, { show: "calendar" })}
          prefetch={false}
          className="min-h-6 text-accent no-underline hover:underline"
        >
          Open in History
        </Link>
      }
    >
      <ul className="m-0 grid list-none gap-[3px] p-0">
        {shown.map(({ pipelineName, cells, lastRunAt, isRead }) => (
          <li
            key={pipelineName}
            className="grid grid-cols-[minmax(0,148px)_minmax(0,1fr)_92px] items-center gap-3 max-sm:grid-cols-[minmax(0,1fr)_auto]"
          >
            <Link
              href={urls.pipeline(target, pipelineName)}
              prefetch={false}
              className="truncate leading-6 no-underline hover:underline"
            >
              {pipelineName}
            </Link>
            <div
              role="img"
              aria-label={inWords(cells)}
              className="grid auto-cols-fr grid-flow-col gap-0.5 max-sm:order-3 max-sm:col-span-2"
            >
              {cells.map((cell, day) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its day
                <i key={day} className={`h-[15px] rounded-[2px] ${CELL[cell]}`} />
              ))}
            </div>
            <span className="min-w-16 text-right text-ink-3">
              {lastRunAt ? <RelativeTime at={lastRunAt} /> : isRead ? "no runs" : "Loading…"}
            </span>
          </li>
        ))}
      </ul>
      {isCut && (
        <p className="mt-3 mb-0">
          <Button onClick={() => setShowsAll(true)}>Show all {days.length} pipelines</Button>
        </p>
      )}
    </Card>
  );
}

const latestFirst = (days: Overview["days"]) =>
  days.toSorted((a, b) => (b.lastRunAt ?? "").localeCompare(a.lastRunAt ?? ""));
