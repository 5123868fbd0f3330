import { LogLayout, type LogRow } from "@/lib/build-log/outline/log-layout";
import type { LogNode, LogTree } from "@/lib/build-log/parser/types";
import type { StoredLine } from "@/lib/build-log/reader/log-store";
import type { LogQuery } from "@/lib/build-log/reader/search-log";
import type { LogHead } from "@/lib/build-log/reader/types";
import { isOver } from "@/lib/build-log/types";
import { type LogClient, type LogSearch, type LogSnapshot, snapshotOfHead } from "./log-client";
import type { ReaderAct } from "./log-keys";
import { type LogRange, readLogRange, writeLogRange } from "./log-range";
import { errorLines, linesOf, NO_QUERY, nextPlace, nodeAt, sameQuery } from "./log-selection";
import { LOG_TIME_STYLES, type LogTimeStyle } from "./log-time";

/** Where the log comes from: the page's side of the worker. */
export type LogSource = Pick<LogClient, "subscribe" | "read" | "line" | "want" | "text" | "search">;

/** A row to be put in view, of as many as there were. A new object is a new jump, also to the same row. */
type LogPlace = { row: number; rowCount: number };

/** What the reader has chosen, and the log it is chosen of. */
type Choices = {
  log: LogSnapshot;
  /** False before the page has come to life: nothing of the reader's own, clock included, is known. */
  isAlive: boolean;
  /** Undefined until the reader says: a log that grows is then read at its end, a complete one from its beginning. */
  choseFollowing: boolean | undefined;
  isWrapped: boolean;
  times: LogTimeStyle;
  query: LogQuery;
  /** Which of the lines that match is looked at, from 0. */
  currentMatch: number;
  /** Steps that show their header only, by id. */
  folded: ReadonlySet<number>;
  /** Waits that show all of their lines, by their first line. */
  openPolls: ReadonlySet<number>;
  /** Components whose steps the outline shows or not, by id; others decide by their outcome. */
  openDocuments: ReadonlyMap<number, boolean>;
  /** "", "stderr" or the id of a document. */
  filter: string;
  range: LogRange | undefined;
  /** The innermost part of the build at the reader's eye, by id. */
  readNode: number | undefined;
  showsKeys: boolean;
  place: LogPlace | undefined;
};

/** All that the page draws of a log. Parts that did not change keep their identity. */
export type LogReading = Choices & {
  layout: LogLayout;
  steps: LogNode[];
  documents: LogNode[];
  /** First lines of what went wrong. */
  errors: number[];
  failedNode: LogNode | undefined;
  isFollowing: boolean;
  /** Lines may still come. */
  canFollow: boolean;
  /** What was found for the query that is asked now. */
  found: LogSearch | undefined;
  /** Lines with a match, in order, from 0. */
  matchLines: ArrayLike<number>;
};

const NO_LINES: ArrayLike<number> = [];

/**
 * One reader of one log: what is folded, searched, chosen and looked at, and where the view jumps. A store for
 * `useSyncExternalStore`. Lines are counted from 0, those of a range and of the address from 1.
 */
export class LogReader {
  private readonly listeners = new Set<() => void>();
  private source: LogSource | undefined;
  private reading: LogReading;
  /** The first place has been shown, or the reader has chosen one. */
  private hasPlace = false;
  /** The first match that a jump was made to. */
  private shownMatch: number | undefined;
  /** What the server draws, and the browser at first. */
  private readonly start: LogReading;

  constructor(
    private readonly head: LogHead | undefined,
    /** Puts `#L12` or `#L12-L14` into the address. */
    private readonly writeAddress: (hash: string) => void,
  ) {
    this.start = complete({ ...NOTHING_CHOSEN, log: snapshotOfHead(head) }, head);
    this.reading = this.start;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): LogReading => this.reading;
  readonly readStart = (): LogReading => this.start;

  /** Begins to read from a source at the place that the address names. Returns how to leave it. */
  attach(source: LogSource, hash: string): () => void {
    this.source = source;
    const leave = source.subscribe(() => this.take(source.read()));
    this.update({ isAlive: true, range: readLogRange(hash) });
    if (this.reading.query.text !== "") source.search(this.reading.query);
    this.take(source.read());
    return () => {
      leave();
      this.source = undefined;
      this.update({ isAlive: false });
    };
  }

  /** A line by its number, if it is here. */
  readonly lineOf = (line: number): StoredLine | undefined =>
    this.source ? this.source.line(line) : this.head?.lines[line];

  /** Asks for the lines among these rows that are not here yet. */
  readonly want = (rows: LogRow[]): void =>
    this.source?.want(rows.flatMap((row) => (row.kind === "line" ? [row.line] : [])));

  /** The chosen lines, else all, as text. */
  async textToCopy(): Promise<string> {
    const { range, log } = this.reading;
    const [first, last] = range ? [range.first - 1, range.last - 1] : [0, log.lineCount - 1];
    return (await this.source?.text(first, last)) ?? "";
  }

  /** The address has changed: its place is shown. */
  readonly followAddress = (hash: string): void => {
    const range = readLogRange(hash);
    this.update({ range });
    if (range) this.showLine(range.first - 1);
  };

  readonly setQuery = (query: LogQuery): void => {
    this.shownMatch = undefined;
    this.update({ query, currentMatch: 0 });
    this.source?.search(query);
    this.showFirstMatch();
  };

  readonly setFilter = (filter: string): void => this.update({ filter });
  readonly setTimes = (times: LogTimeStyle): void => this.update({ times });
  readonly setFollowing = (choseFollowing: boolean): void => this.update({ choseFollowing });
  readonly closeKeys = (): void => this.update({ showsKeys: false });

  /** A line, from 1, was chosen; `isRange` where it ends the range that the line chosen before begins. */
  readonly chooseLine = (line: number, isRange: boolean): void => {
    const { range } = this.reading;
    const [first = line, last = line] = isRange && range ? [range.first, line].toSorted((a, b) => a - b) : [];
    this.chooseRange({ first, last });
  };

  /** A range was typed: as much of it as there is is chosen and shown. */
  readonly goToRange = ({ first, last }: LogRange): void => {
    const end = Math.min(last, Math.max(this.reading.log.lineCount, 1));
    const begin = Math.min(first, end);
    this.chooseRange({ first: begin, last: end });
    this.showLine(begin - 1);
  };

  /** The row of a step or wait was pressed: folds or unfolds it. */
  readonly toggle = (row: LogRow): void => {
    const { folded, openPolls } = this.reading;
    if (row.kind === "poll")
      this.update({ choseFollowing: false, openPolls: new Set(openPolls).add(row.poll.firstLine) });
    else if (row.kind === "header") {
      const next = new Set(folded);
      if (!next.delete(row.node.id)) next.add(row.node.id);
      this.update({ choseFollowing: false, folded: next });
    } else this.setFollowing(false);
  };

  /** A part of the outline was pressed: opens or closes it, where it has parts, and shows its first line. */
  readonly openPart = (node: LogNode, isOpen: boolean | undefined): void => {
    const { openDocuments } = this.reading;
    if (isOpen !== undefined) this.update({ openDocuments: new Map(openDocuments).set(node.id, !isOpen) });
    this.showLine(node.firstLine);
  };

  /** A line has come to where the eye is. */
  readonly lookAt = (line: number): void => {
    const readNode = nodeAt(this.reading.log.tree, line)?.id;
    if (readNode !== this.reading.readNode) this.update({ readNode });
  };

  /** Does what a key or a button asks for. */
  readonly act = (act: ReaderAct): void => this.acts[act]();

  private readonly acts: Record<ReaderAct, () => void> = {
    "next-match": () => this.goToMatch(1),
    "previous-match": () => this.goToMatch(-1),
    "next-error": () => this.goToError(1),
    "previous-error": () => this.goToError(-1),
    "next-step": () => this.goToStep(1),
    "previous-step": () => this.goToStep(-1),
    follow: () => this.setFollowing(!this.reading.isFollowing),
    fold: () => {
      const { folded, steps } = this.reading;
      this.update({ folded: new Set(folded.size > 0 ? [] : steps.map(({ id }) => id)) });
    },
    wrap: () => this.update({ isWrapped: !this.reading.isWrapped }),
    times: () => {
      const next = (LOG_TIME_STYLES.indexOf(this.reading.times) + 1) % LOG_TIME_STYLES.length;
      this.setTimes(LOG_TIME_STYLES[next] ?? "local");
    },
    help: () => this.update({ showsKeys: true }),
  };

  private take(log: LogSnapshot): void {
    this.update({ log });
    this.showFirstPlace();
    this.showFirstMatch();
  }

  /** Once, when the lines are there: the place that the address names, else the first failure. */
  private showFirstPlace(): void {
    const { log, range, failedNode, steps, errors } = this.reading;
    const isReady = range ? log.lineCount >= range.first : log.isParsed && log.state.phase === "ended";
    if (this.hasPlace || !isReady) return;
    this.hasPlace = true;
    if (range) this.showLine(range.first - 1);
    else if (failedNode) {
      const succeeded = steps.filter(({ outcome }) => outcome === "succeeded");
      this.update({ folded: new Set(succeeded.map(({ id }) => id)) });
      this.showLine(errors.find((line) => line >= failedNode.firstLine) ?? failedNode.firstLine);
    }
  }

  /** Once for a query: lines that come later may match too, and the reader is not taken away to them. */
  private showFirstMatch(): void {
    const first = this.reading.matchLines[0];
    if (first === undefined || first === this.shownMatch) return;
    this.shownMatch = first;
    this.showLine(first);
  }

  private goToMatch(step: 1 | -1): void {
    const { matchLines, currentMatch } = this.reading;
    if (matchLines.length === 0) return;
    const next = (currentMatch + step + matchLines.length) % matchLines.length;
    this.update({ currentMatch: next });
    this.showLine(matchLines[next] ?? 0);
  }

  private goToError(step: 1 | -1): void {
    const { errors, range } = this.reading;
    const line = nextPlace(errors, (range?.first ?? 0) - 1, step);
    if (line === undefined) return;
    this.chooseLine(line + 1, false);
    this.showLine(line);
  }

  private goToStep(step: 1 | -1): void {
    const { steps, readNode, log } = this.reading;
    const from = readNode === undefined ? -1 : (log.tree.nodes[readNode]?.firstLine ?? -1);
    const firstLines = steps.map(({ firstLine }) => firstLine);
    const line = nextPlace(firstLines, from, step);
    if (line !== undefined) this.showLine(line);
  }

  private chooseRange(range: LogRange): void {
    this.hasPlace = true;
    this.update({ range });
    this.writeAddress(writeLogRange(range));
  }

  /** Unfolds the step that hides a line, and puts its row in view. */
  private showLine(line: number): void {
    const { steps, folded } = this.reading;
    const behind = steps.find(
      (node) => folded.has(node.id) && node.firstLine < line && line <= node.lastLine,
    );
    const open = behind ? new Set([...folded].filter((id) => id !== behind.id)) : folded;
    const next = complete({ ...this.reading, choseFollowing: false, folded: open }, this.head, this.reading);
    const { layout } = next;
    this.replace({ ...next, place: { row: layout.rowOf(line), rowCount: layout.rowCount } });
  }

  private update(change: Partial<Choices>): void {
    this.replace(complete({ ...this.reading, ...change }, this.head, this.reading));
  }

  private replace(reading: LogReading): void {
    this.reading = reading;
    for (const listener of this.listeners) listener();
  }
}

const NOTHING_CHOSEN: Omit<Choices, "log"> = {
  isAlive: false,
  choseFollowing: undefined,
  isWrapped: false,
  times: "local",
  query: NO_QUERY,
  currentMatch: 0,
  folded: new Set(),
  openPolls: new Set(),
  openDocuments: new Map(),
  filter: "",
  range: undefined,
  readNode: undefined,
  showsKeys: false,
  place: undefined,
};

/** What follows from the choices. A tree is new with each summary, so it is the key of all that is made of it. */
function complete(choices: Choices, head: LogHead | undefined, before?: LogReading): LogReading {
  const { log, folded, openPolls, filter, query, choseFollowing } = choices;
  const { tree, state } = log;
  const hasSameTree = before?.log.tree === tree;
  const hasSameLayout =
    hasSameTree && before.folded === folded && before.openPolls === openPolls && before.filter === filter;
  const found = sameQuery(log.search?.query, query) ? log.search : undefined;
  return {
    ...choices,
    ...(hasSameTree
      ? {
          steps: before.steps,
          documents: before.documents,
          errors: before.errors,
          failedNode: before.failedNode,
        }
      : partsOf(tree)),
    layout: hasSameLayout
      ? before.layout
      : new LogLayout(tree, { folded, openPolls, only: linesOf(filter, tree) }),
    isFollowing: choseFollowing ?? (state.phase !== "opening" && state.phase !== "ended"),
    canFollow: !head && !isOver(state),
    found,
    matchLines: found?.matches.lines ?? NO_LINES,
  };
}

const partsOf = (tree: LogTree) => ({
  steps: tree.nodes.filter(({ level }) => level === "step"),
  documents: tree.nodes.filter(({ level }) => level === "document"),
  errors: errorLines(tree),
  failedNode: tree.failedNode === undefined ? undefined : tree.nodes[tree.failedNode],
});
