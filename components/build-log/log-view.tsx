"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { LogRow } from "@/lib/build-log/view/log-layout";
import { LogLayout } from "@/lib/build-log/view/log-layout";
import { type LogQuery, toPattern } from "@/lib/build-log/view/search-log";
import type { LogSnapshot } from "./log-client";
import { type LogRange, readLogRange, writeLogRange } from "./log-range";
import { LogRows, type LogRowsHandle } from "./log-rows";
import { LogStatus } from "./log-status";
import type { LogTimeStyle } from "./log-time";
import { LogToolbar } from "./log-toolbar";
import { useBuildLog } from "./use-build-log";

const NO_LINES = new Uint32Array();
const NO_QUERY: LogQuery = { text: "", isRegex: false, matchCase: false };

/** The viewer: toolbar, rows, and what the reader has chosen. The log itself is in the worker behind `client`. */
export function LogView({ url }: { url: string }) {
  const { client, log } = useBuildLog(url);
  const [choseFollowing, setFollowing] = useState<boolean>();
  const [isWrapped, setWrapped] = useState(false);
  const [times, setTimes] = useState<LogTimeStyle>("local");
  const [query, setQuery] = useState(NO_QUERY);
  const [currentMatch, setCurrentMatch] = useState(0);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [openPolls, setOpenPolls] = useState<ReadonlySet<number>>(new Set());
  const [filter, setFilter] = useState("");
  const [range, setRange] = useState<LogRange | undefined>(() => readLogRange(location.hash));
  const rows = useRef<LogRowsHandle>(null);
  const frame = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const { tree, lineCount } = log;
  // A log that grows is read at its end, one that is complete from its beginning.
  const isFollowing = choseFollowing ?? (log.state.phase !== "opening" && log.state.phase !== "ended");
  // The tree changes in place of itself: its copy is new with each summary, so it is the key.
  const layout = useMemo(
    () => new LogLayout(tree, { folded, openPolls, only: linesOf(filter, tree) }),
    [tree, folded, openPolls, filter],
  );
  const errors = useMemo(() => errorLines(tree), [tree]);
  const matchLines = log.search?.matches.lines ?? NO_LINES;

  const showLine = (line: number) => {
    setFollowing(false);
    const behind = tree.nodes.find(
      (node) => folded.has(node.id) && node.firstLine < line && line <= node.lastLine,
    );
    if (behind) setFolded(new Set([...folded].filter((id) => id !== behind.id)));
    // After the rows that were unfolded are there.
    requestAnimationFrame(() => rows.current?.showRow(layoutNow.current.rowOf(line)));
  };
  const showLineNow = useRef(showLine);
  showLineNow.current = showLine;
  const layoutNow = useRef(layout);
  layoutNow.current = layout;

  useEffect(() => client?.search(query), [client, query]);

  // Once, when the lines are there: the place that the address names, else the first failure.
  const hasJumped = useRef(false);
  const failedNode = tree.failedNode === undefined ? undefined : tree.nodes[tree.failedNode];
  const isReady = range ? lineCount >= range.first : log.isParsed && log.state.phase === "ended";
  // biome-ignore lint/correctness/useExhaustiveDependencies: happens once, when there is something to show
  useEffect(() => {
    if (hasJumped.current || !isReady) return;
    hasJumped.current = true;
    if (range) return showLine(range.first - 1);
    if (!failedNode) return;
    setFolded(
      new Set(
        tree.nodes
          .filter(({ level, outcome }) => level === "step" && outcome === "succeeded")
          .map(({ id }) => id),
      ),
    );
    showLine(errors[0] ?? failedNode.firstLine);
  }, [isReady]);

  const firstMatch = sameQuery(log.search?.query, query) ? matchLines[0] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search jumps once, lines that come later do not
  useEffect(() => {
    if (firstMatch !== undefined) showLine(firstMatch);
  }, [query, firstMatch]);

  useEffect(() => {
    const onHash = () => {
      const next = readLogRange(location.hash);
      setRange(next);
      if (next) showLineNow.current(next.first - 1);
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);

  const chooseLine = (line: number, isRange: boolean) => {
    const ends = isRange && range ? [range.first, line].toSorted((a, b) => a - b) : [line, line];
    const next = { first: ends[0] ?? line, last: ends[1] ?? line };
    setRange(next);
    history.replaceState(history.state, "", writeLogRange(next));
  };
  const goToMatch = (step: 1 | -1) => {
    if (matchLines.length === 0) return;
    const next = (currentMatch + step + matchLines.length) % matchLines.length;
    setCurrentMatch(next);
    showLine(matchLines[next] ?? 0);
  };
  const goToError = (step: 1 | -1) => {
    const from = range?.first ?? 0;
    const next =
      step > 0 ? errors.find((line) => line + 1 > from) : errors.findLast((line) => line + 1 < from);
    const line = next ?? (step > 0 ? errors[0] : errors.at(-1));
    if (line === undefined) return;
    chooseLine(line + 1, false);
    showLine(line);
  };
  const toggle = (row: LogRow) => {
    setFollowing(false);
    if (row.kind === "poll") setOpenPolls(new Set(openPolls).add(row.poll.firstLine));
    if (row.kind !== "header") return;
    const next = new Set(folded);
    if (!next.delete(row.node.id)) next.add(row.node.id);
    setFolded(next);
  };
  const keys = new Map([
    ["/", () => search.current?.focus()],
    ["n", () => goToMatch(1)],
    ["N", () => goToMatch(-1)],
    ["e", () => goToError(1)],
    ["E", () => goToError(-1)],
    ["f", () => setFollowing(!isFollowing)],
    ["w", () => setWrapped(!isWrapped)],
  ]);
  const toggleFullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void frame.current?.requestFullscreen();
  };

  return (
    <section
      ref={frame}
      aria-label="Log"
      className="flex h-[560px] min-w-0 flex-col bg-surface [&:fullscreen]:h-full"
      onKeyDown={(event) => {
        const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
        if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
        const act = keys.get(event.key);
        if (!act) return;
        event.preventDefault();
        // The page has keys of its own.
        event.stopPropagation();
        act();
      }}
    >
      <LogToolbar
        searchRef={search}
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setCurrentMatch(0);
        }}
        search={log.search}
        currentMatch={currentMatch}
        onMatch={goToMatch}
        errorCount={errors.length}
        onError={goToError}
        documents={tree.nodes.filter(({ level }) => level === "document")}
        filter={filter}
        onFilter={setFilter}
        times={times}
        onTimes={setTimes}
        isWrapped={isWrapped}
        onWrapped={setWrapped}
        isFollowing={isFollowing}
        onFollowing={setFollowing}
        onCopy={async () => {
          const [first, last] = range ? [range.first - 1, range.last - 1] : [0, lineCount - 1];
          await navigator.clipboard.writeText((await client?.text(first, last)) ?? "");
        }}
        copies={range ? "lines" : "all"}
        downloadUrl={url}
        onFullScreen={toggleFullScreen}
      />
      <LogRows
        ref={rows}
        client={client}
        log={log}
        layout={layout}
        look={{ times, wrap: isWrapped, pattern: patternOf(query), startedAt: tree.nodes[0]?.startedAt }}
        range={range}
        currentMatchLine={matchLines[currentMatch]}
        failedLines={(line) => failedNode?.level === "step" && errors.includes(line)}
        isFollowing={isFollowing}
        onFollowing={setFollowing}
        onNumber={chooseLine}
        onToggle={toggle}
      />
      <LogStatus state={log.state} lineCount={lineCount} />
    </section>
  );
}

const sameQuery = (a: LogQuery | undefined, b: LogQuery) =>
  a?.text === b.text && a.isRegex === b.isRegex && a.matchCase === b.matchCase;

function patternOf(query: LogQuery): RegExp | undefined {
  if (query.text === "") return undefined;
  try {
    return toPattern(query);
  } catch {
    return undefined;
  }
}

/** The lines a filter leaves: all, those of stderr, or those of one document by its place in the tree. */
function linesOf(filter: string, { stderr, nodes }: LogSnapshot["tree"]): [number, number][] | undefined {
  if (filter === "") return undefined;
  if (filter === "stderr") return stderr;
  const node = nodes[Number(filter)];
  return node && [[node.firstLine, node.lastLine]];
}

/** First lines of what went wrong: stderr of failed steps, else their last line. */
function errorLines({ nodes, stderr }: LogSnapshot["tree"]): number[] {
  return nodes
    .filter(({ level, outcome }) => level === "step" && outcome === "failed")
    .map(
      ({ firstLine, lastLine }) =>
        stderr.find(([first]) => first >= firstLine && first <= lastLine)?.[0] ?? lastLine,
    );
}
