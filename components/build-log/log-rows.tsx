import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { LogRow } from "@/lib/build-log/outline/log-layout";
import type { LogSnapshot } from "./log-client";
import type { LogReader, LogReading } from "./log-reader";

import { type LogRowLook, LogRowView } from "./log-row-view";
import { isFoundIn, patternOf } from "./log-selection";
import { ROW_CLASS, ROW_PX, scrollTopOf, viewportOf } from "./log-viewport";

const OVERSCAN_ROWS = 12;
const NEAR_END_PX = 24;

/** The rows that are in view, of as many as there are. Following stops as soon as the reader scrolls up. */
export function LogRows({ reader, reading }: { reader: LogReader; reading: LogReading }) {
  const { log, layout, isAlive, isFollowing, place, range, query, failedNode, errors } = reading;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 480 });
  const [long, setLong] = useState<ReadonlySet<number>>(new Set());
  const lastTop = useRef(0);
  const { rowCount } = layout;
  const matchLine = reading.matchLines[reading.currentMatch];
  const look: LogRowLook = {
    // The server does not know the reader's clock.
    times: isAlive ? reading.times : "unknown",
    wrap: reading.isWrapped,
    pattern: patternOf(query),
    startedAt: log.tree.nodes[0]?.startedAt,
  };
  const unmarked: LogRowLook = { ...look, pattern: undefined };
  const { spacerPx, share, firstRow, cutPx, rowsInView } = viewportOf(rowCount, scroll.top, scroll.height);

  const first = Math.max(firstRow - OVERSCAN_ROWS, 0);
  const last = Math.min(firstRow + rowsInView + OVERSCAN_ROWS, rowCount);
  const shown: { index: number; row: LogRow }[] = [];
  for (let index = first; index < last; index++) {
    const row = layout.row(index);
    if (row) shown.push({ index, row });
  }

  // Before the paint, and after the rows that were unfolded are there.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!place || !element) return;
    lastTop.current = scrollTopOf(place.row, place.rowCount, element.clientHeight);
    element.scrollTop = lastTop.current;
  }, [place]);

  useLayoutEffect(() => reader.want(shown.map(({ row }) => row)));

  const readLine = lineIn(layout.row(firstRow === 0 ? 0 : firstRow + Math.floor(rowsInView / 3)));
  useEffect(() => {
    if (readLine !== undefined) reader.lookAt(readLine);
  }, [reader, readLine]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Before the paint, so that the newest line is never seen outside the view first.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!isFollowing || !element) return;
    element.scrollTop = scrollTopOf(rowCount - 1, rowCount, scroll.height);
    lastTop.current = element.scrollTop;
  }, [isFollowing, rowCount, scroll.height]);

  // Wrapped rows have heights of their own: the row at the reader's place in the log is put at that place in view.
  useLayoutEffect(() => {
    const element = rows.current;
    if (!element) return;
    if (!look.wrap) {
      element.style.transform = `translateY(${scroll.top - cutPx - (firstRow - first) * ROW_PX}px)`;
      return;
    }
    const anchor = Math.min(share * rowCount, rowCount - 1);
    const child = element.children[Math.floor(anchor) - first] as HTMLElement | undefined;
    const at = child ? child.offsetTop + (anchor - Math.floor(anchor)) * child.offsetHeight : 0;
    const isAtEnd = share === 1 || rowCount <= rowsInView;
    const end = Math.max(element.offsetHeight - scroll.height, 0);
    element.style.transform = `translateY(${scroll.top + (isAtEnd ? -end * share : share * scroll.height - at)}px)`;
  });

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (isFollowing && scrollTop < lastTop.current - 1 && !isAtEnd) reader.setFollowing(false);
    else if (!isFollowing && isAtEnd && scrollTop > lastTop.current) reader.setFollowing(true);
    lastTop.current = scrollTop;
    setScroll({ top: scrollTop, height: clientHeight });
  };

  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Build log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      onScroll={onScroll}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-sunken font-mono text-[12.5px] leading-5 [overflow-anchor:none]"
    >
      {/* The server sends no style: the page's policy refuses those that are not set by a script. */}
      <div style={isAlive && rowCount > 0 ? { height: spacerPx } : undefined} />
      {log.lineCount === 0 && <NothingYet state={log.state} />}
      <div
        ref={rows}
        className="absolute top-0 left-0 min-w-full"
        style={look.wrap ? { width: "100%" } : undefined}
      >
        {shown.map(({ index, row }) => (
          <div
            key={index}
            className={look.wrap && row.kind === "line" ? ROW_CLASS.atLeast : ROW_CLASS.exactly}
          >
            <LogRowView
              row={row}
              line={row.kind === "line" ? reader.lineOf(row.line) : undefined}
              look={row.kind === "line" && isFoundIn(reading.found, query, row.line) ? look : unmarked}
              tree={log.tree}
              isStderr={row.kind === "line" && isWithin(log.tree.stderr, row.line)}
              isFailed={row.kind === "line" && failedNode?.level === "step" && errors.includes(row.line)}
              isSelected={
                row.kind === "line" && !!range && row.line + 1 >= range.first && row.line + 1 <= range.last
              }
              isCurrentMatch={row.kind === "line" && row.line === matchLine}
              showAll={row.kind === "line" && long.has(row.line)}
              onNumber={reader.chooseLine}
              onToggle={reader.toggle}
              onShowAll={(line) => setLong(new Set(long).add(line))}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The state below the rows is what a screen reader hears. */
function NothingYet({ state: { phase, message } }: Pick<LogSnapshot, "state">) {
  if (phase === "opening") {
    return (
      <div aria-hidden="true" className="grid gap-2.5 px-[72px] py-2.5">
        {["w-2/5", "w-3/5", "w-1/2", "w-2/3", "w-1/3"].map((width) => (
          <i key={width} className={`h-2.5 animate-pulse rounded bg-mute-soft ${width}`} />
        ))}
      </div>
    );
  }
  return (
    <p aria-hidden="true" className="m-0 px-[72px] py-2 font-sans text-[13px] text-ink-2 max-sm:px-3.5">
      {message ?? (phase === "ended" ? "The log is empty." : "No lines yet.")}
    </p>
  );
}

function lineIn(row: LogRow | undefined): number | undefined {
  if (row?.kind === "line") return row.line;
  return row?.kind === "poll" ? row.poll.firstLine : row?.node.firstLine;
}

function isWithin(ranges: [number, number][], line: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= line;
}
