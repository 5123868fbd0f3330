import Link from "next/link";
import { Fragment } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import type { SeriesPart, SeriesRow } from "@/lib/fleet/series/types";
import { gateText, nameOfPart, PART_STATES } from "./series-words";

/** The groups in their order with the gates between them, as one line that wraps. */
export function SeriesTrack({ target, series }: { target: string; series: SeriesRow }) {
  const { parts, state } = series;
  return (
    <ol aria-label="Groups in order" className="m-0 flex list-none flex-wrap items-stretch gap-2 p-0">
      {parts.map((part) => (
        <Fragment key={part.position}>
          {part.position > 0 && <GateMark part={part} series={series} />}
          <li
            className={`grid min-w-[min(100%,200px)] flex-1 content-start gap-1.5 rounded-lg border bg-surface px-3.5 py-2.5 shadow-soft ${"position" in state && state.position === part.position ? "border-wait" : "border-line"}`}
          >
            <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
              <b className="font-semibold [overflow-wrap:anywhere]">
                {part.position + 1} {part.isHidden ? "Another group" : <Name target={target} part={part} />}
              </b>
              <PartBadge part={part} />
            </div>
            <Progress part={part} />
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

function Name({ target, part }: { target: string; part: Extract<SeriesPart, { isHidden: false }> }) {
  return part.rollOutId ? (
    <Link
      href={urls.rollOut(target, part.rollOutId)}
      prefetch={false}
      className="no-underline hover:underline"
    >
      {part.group}
    </Link>
  ) : (
    part.group
  );
}

/** Where a group stands, as a badge; a checkpoint waits for a person on the group's own page. */
export function PartBadge({ part }: { part: SeriesPart }) {
  if (part.state === "running" && !part.isHidden && part.checkpoint !== undefined)
    return <StatusBadge tone="wait">{`Checkpoint ${part.checkpoint}%`}</StatusBadge>;
  const { tone, word } = PART_STATES[part.state];
  return <StatusBadge tone={tone}>{word}</StatusBadge>;
}

function Progress({ part }: { part: SeriesPart }) {
  const share = part.state === "succeeded" ? 100 : part.isHidden ? 0 : (part.percentage ?? 0);
  const fill = part.state === "failed" ? "fill-wait-calm" : "fill-ok-calm";
  return (
    <>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className="h-2 w-full">
        <rect width={100} height={8} rx={1} className="fill-mute-soft" />
        <rect width={share} height={8} rx={1} className={fill} />
      </svg>
      {!part.isHidden && (
        <span className="text-ink-2 text-xs">
          {part.percentage === undefined ? "Not started" : `${share}%`}
          {part.endedAt ? (
            <>
              , ended <RelativeTime at={part.endedAt} />
            </>
          ) : (
            part.startedAt && (
              <>
                , started <RelativeTime at={part.startedAt} />
              </>
            )
          )}
        </span>
      )}
    </>
  );
}

/** The gate before a group: what it asks for, and whether it is open. */
function GateMark({ part, series: { state } }: { part: SeriesPart; series: SeriesRow }) {
  const isHere = state.is === "waiting" && state.position === part.position;
  const isPassed = ["starting", "running", "succeeded", "failed"].includes(part.state);
  return (
    <li className="flex items-center text-ink-2 text-xs sm:max-w-32">
      <span>
        <span className="sr-only">Gate before {nameOfPart(part)}: </span>
        <span aria-hidden="true">→ </span>
        {part.isHidden ? "gate" : gateText(part.gate)}
        {isPassed && <span className="text-ok"> ✓{passedBy(part)}</span>}
        {isHere && state.until && (
          <>
            , opens <RelativeTime at={state.until} />
          </>
        )}
      </span>
    </li>
  );
}

const passedBy = (part: SeriesPart): string =>
  part.isHidden ? "" : part.startedBy ? ` ${part.startedBy}` : " automatically";
