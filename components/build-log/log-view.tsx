"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { LogLayout, type LogRow } from "@/lib/build-log/outline/log-layout";
import { logOutline, type OutlineRow } from "@/lib/build-log/outline/log-outline";
import type { LogHead } from "@/lib/build-log/reader/types";
import { isOver } from "@/lib/build-log/types";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { actOfKey, type LogAct } from "./log-keys";
import { LogKeysSheet } from "./log-keys-sheet";
import { LogOutline } from "./log-outline";
import { type LogRange, readLogRange, writeLogRange } from "./log-range";
import { LogRows, type LogRowsHandle } from "./log-rows";
import { errorLines, linesOf, NO_QUERY, nextPlace, nodeAt, patternOf, sameQuery } from "./log-selection";
import { LogStatus } from "./log-status";
import { LOG_TIME_STYLES, type LogTimeStyle } from "./log-time";
import { LogToolbar } from "./log-toolbar";
import { useBuildLog } from "./use-build-log";

const NO_LINES = new Uint32Array();

/**
 * The viewer: outline, toolbar, rows, and what the reader has chosen. The log itself is in the worker behind `client`.
 * `children` are drawn below the log.
 */
export function LogView({
  url,
  head,
  workflows,
  children,
}: {
  url: string;
  head: LogHead | undefined;
  workflows: WorkflowExecution[];
  children: ReactNode;
}) {
  const { client, log, lineOf } = useBuildLog(url, head);
  const [choseFollowing, setFollowing] = useState<boolean>();
  const [isWrapped, setWrapped] = useState(false);
  const [times, setTimes] = useState<LogTimeStyle>("local");
  const [query, setQuery] = useState(NO_QUERY);
  const [currentMatch, setCurrentMatch] = useState(0);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [openPolls, setOpenPolls] = useState<ReadonlySet<number>>(new Set());
  const [openDocuments, setOpenDocuments] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [filter, setFilter] = useState("");
  const [range, setRange] = useState<LogRange>();
  const [readNode, setReadNode] = useState<number>();
  const [showsKeys, setShowsKeys] = useState(false);
  const rows = useRef<LogRowsHandle>(null);
  const frame = useRef<HTMLElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const lineField = useRef<HTMLInputElement>(null);

  const { tree, lineCount } = log;
  // A log that grows is read at its end, one that is complete from its beginning.
  const isFollowing = choseFollowing ?? (log.state.phase !== "opening" && log.state.phase !== "ended");
  // The tree changes in place of itself: its copy is new with each summary, so it is the key.
  const layout = useMemo(
    () => new LogLayout(tree, { folded, openPolls, only: linesOf(filter, tree) }),
    [tree, folded, openPolls, filter],
  );
  const sections = useMemo(
    () => logOutline(workflows, tree, openDocuments),
    [workflows, tree, openDocuments],
  );
  const errors = useMemo(() => errorLines(tree), [tree]);
  const steps = useMemo(() => tree.nodes.filter(({ level }) => level === "step"), [tree]);
  // What was found for another query is not shown for this one.
  const found = sameQuery(log.search?.query, query) ? log.search : undefined;
  const matchLines = found?.matches.lines ?? NO_LINES;

  const layoutNow = useRef(layout);
  layoutNow.current = layout;
  const showLine = (line: number) => {
    setFollowing(false);
    const behind = steps.find(
      (node) => folded.has(node.id) && node.firstLine < line && line <= node.lastLine,
    );
    if (behind) setFolded(new Set([...folded].filter((id) => id !== behind.id)));
    // After the rows that were unfolded are there.
    requestAnimationFrame(() => rows.current?.showRow(layoutNow.current.rowOf(line)));
  };
  const showLineNow = useRef(showLine);
  showLineNow.current = showLine;

  useEffect(() => client?.search(query), [client, query]);

  // The browser's address is known only in the browser, and changes without the page being drawn anew.
  useEffect(() => {
    setRange(readLogRange(location.hash));
    const onHash = () => {
      const next = readLogRange(location.hash);
      setRange(next);
      if (next) showLineNow.current(next.first - 1);
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);

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
    setFolded(new Set(steps.filter(({ outcome }) => outcome === "succeeded").map(({ id }) => id)));
    showLine(errors[0] ?? failedNode.firstLine);
  }, [isReady]);

  const [firstMatch] = matchLines;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search jumps once, lines that come later do not
  useEffect(() => {
    if (firstMatch !== undefined) showLine(firstMatch);
  }, [query, firstMatch]);

  const chooseRange = (next: LogRange) => {
    setRange(next);
    history.replaceState(history.state, "", writeLogRange(next));
  };
  const chooseLine = (line: number, isRange: boolean) => {
    const [first = line, last = line] = isRange && range ? [range.first, line].toSorted((a, b) => a - b) : [];
    chooseRange({ first, last });
  };
  const goToMatch = (step: 1 | -1) => {
    if (matchLines.length === 0) return;
    const next = (currentMatch + step + matchLines.length) % matchLines.length;
    setCurrentMatch(next);
    showLine(matchLines[next] ?? 0);
  };
  const goToError = (step: 1 | -1) => {
    const line = nextPlace(errors, (range?.first ?? 0) - 1, step);
    if (line === undefined) return;
    chooseLine(line + 1, false);
    showLine(line);
  };
  const goToStep = (step: 1 | -1) => {
    const from = readNode === undefined ? -1 : (tree.nodes[readNode]?.firstLine ?? -1);
    const firstLines = steps.map(({ firstLine }) => firstLine);
    const line = nextPlace(firstLines, from, step);
    if (line !== undefined) showLine(line);
  };
  const openOutlineRow = ({ node, isOpen }: OutlineRow) => {
    if (!node) return;
    if (isOpen !== undefined) setOpenDocuments(new Map(openDocuments).set(node.id, !isOpen));
    showLine(node.firstLine);
  };
  const toggle = (row: LogRow) => {
    setFollowing(false);
    if (row.kind === "poll") setOpenPolls(new Set(openPolls).add(row.poll.firstLine));
    if (row.kind !== "header") return;
    const next = new Set(folded);
    if (!next.delete(row.node.id)) next.add(row.node.id);
    setFolded(next);
  };
  const copy = async () => {
    const [first, last] = range ? [range.first - 1, range.last - 1] : [0, lineCount - 1];
    await navigator.clipboard.writeText((await client?.text(first, last)) ?? "");
  };
  const toggleFullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void frame.current?.requestFullscreen();
  };
  const acts: Record<LogAct, () => void> = {
    search: () => searchField.current?.focus(),
    "next-match": () => goToMatch(1),
    "previous-match": () => goToMatch(-1),
    "next-error": () => goToError(1),
    "previous-error": () => goToError(-1),
    "next-step": () => goToStep(1),
    "previous-step": () => goToStep(-1),
    "go-to-line": () => lineField.current?.focus(),
    follow: () => setFollowing(!isFollowing),
    fold: () => setFolded(new Set(folded.size > 0 ? [] : steps.map(({ id }) => id))),
    wrap: () => setWrapped(!isWrapped),
    times: () =>
      setTimes(LOG_TIME_STYLES[(LOG_TIME_STYLES.indexOf(times) + 1) % LOG_TIME_STYLES.length] ?? "local"),
    copy,
    "full-screen": toggleFullScreen,
    help: () => setShowsKeys(true),
  };

  return (
    <div className="grid min-w-0 lg:grid-cols-[262px_minmax(0,1fr)]">
      <LogOutline
        sections={sections}
        currentLine={readNode === undefined ? undefined : tree.nodes[readNode]?.firstLine}
        onRow={openOutlineRow}
      />
      <section
        ref={frame}
        aria-label="Log"
        data-kept-parts={head?.parts}
        className="flex h-[596px] min-w-0 flex-col bg-surface [&:fullscreen]:h-full"
        onKeyDown={(event) => {
          const act = actOfKey(event);
          if (!act) return;
          event.preventDefault();
          // The page has keys of its own.
          event.stopPropagation();
          acts[act]();
        }}
      >
        <LogToolbar
          searchRef={searchField}
          query={query}
          onQuery={(next) => {
            setQuery(next);
            setCurrentMatch(0);
          }}
          search={found}
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
          isFollowing={isFollowing}
          canFollow={!head && !isOver(log.state)}
          copies={range ? "lines" : "all"}
          downloadUrl={url}
          acts={acts}
        />
        <LogRows
          ref={rows}
          client={client}
          log={log}
          layout={layout}
          lineOf={lineOf}
          look={{
            // The server does not know the reader's clock.
            times: client ? times : "unknown",
            wrap: isWrapped,
            pattern: patternOf(query),
            startedAt: tree.nodes[0]?.startedAt,
          }}
          range={range}
          currentMatchLine={matchLines[currentMatch]}
          failedLines={(line) => failedNode?.level === "step" && errors.includes(line)}
          isFollowing={isFollowing}
          onFollowing={setFollowing}
          onNumber={chooseLine}
          onToggle={toggle}
          onRead={(line) => setReadNode(nodeAt(tree, line)?.id)}
        />
        <LogStatus
          state={log.state}
          lineCount={lineCount}
          lineRef={lineField}
          onRange={(next) => {
            const last = Math.min(next.last, Math.max(lineCount, 1));
            chooseRange({ first: Math.min(next.first, last), last });
            showLine(Math.min(next.first, last) - 1);
          }}
        >
          {children}
        </LogStatus>
        {showsKeys && <LogKeysSheet onClose={() => setShowsKeys(false)} />}
      </section>
    </div>
  );
}
