import { type BuildLogState, isOver } from "../types";
import { LogStream } from "./follow-log-stream";
import { KeptLogLoader } from "./kept-log-loader";
import type { LogIndex } from "./log-index";
import { LogStore } from "./log-store";
import { StoredLogParser } from "./parse-stored-log";
import { type LogMatches, type LogQuery, type LogSearch, searchLog } from "./search-log";
import type { LogAnswer, LogRequest } from "./types";

/** The page hears at most this often that there is more. */
const SUMMARY_EVERY_MS = 60;
/** A search of 100 MB takes about this long: who gets all matches at once need not draw some of them first. */
const MATCHES_EVERY_MS = 100;
/** Work is done in pieces of about this length, so that rows asked for in between come at once. */
const SLICE_MS = 8;
const PARSE_LINES = 2_000;
const NO_MATCHES: LogMatches = { count: 0, lines: new Uint32Array() };

/** What the worker does for one viewer: holds the log, parses it, searches it, and gives the rows that are seen. */
export class LogSession {
  private readonly store = new LogStore();
  private readonly parser = new StoredLogParser(this.store);
  private state: BuildLogState = { phase: "opening" };
  /** Where the log comes from: as it grows, or, once it is known to be kept, by its parts. */
  private source: LogStream | KeptLogLoader | undefined;
  /** Of a kept log: the parser is not needed then. */
  private index: LogIndex | undefined;
  /** Lines asked for whose part has not come; those asked for last are wanted still. */
  private wantedLines: number[] = [];
  private generation = 0;
  private isWorking = false;
  private isSummaryDue = false;
  private lastSummaryAt = 0;
  private query: LogQuery | undefined;
  private search: LogSearch | undefined;
  private searchedLines = 0;
  /** The part of a kept log that the search waits for. */
  private missingForSearch: number | undefined;
  private readMatches = () => NO_MATCHES;
  private lastMatchesAt = 0;

  constructor(
    private readonly answer: (answer: LogAnswer) => void,
    private readonly now: () => number,
    /** Calls back after other messages have had their turn. */
    private readonly later: (work: () => void) => void,
  ) {}

  take(request: LogRequest): void {
    switch (request.kind) {
      case "open":
        this.source ??= request.keptParts ? this.openKept(request.url) : this.openStream(request.url);
        if (request.isVisible) this.source.open();
        return;
      case "pause":
        this.source?.close();
        return;
      case "resume":
        this.source?.open();
        return;
      case "lines":
        this.wantedLines = request.numbers;
        this.tellLines();
        return;
      case "text":
        void this.tellText(request);
        return;
      case "search":
        this.startSearch(request.query);
    }
  }

  private openStream(url: string): LogStream {
    return new LogStream(url, {
      onLines: ({ text, times }) => {
        this.store.appendText(text, times);
        this.summaryIsDue();
      },
      onKept: () => {
        if (this.store.lineCount > 0) this.restart();
        this.source = this.openKept(url);
        this.source.open();
      },
      onReset: () => this.restart(),
      onState: (state) => this.takeState(state),
    });
  }

  private openKept(url: string): KeptLogLoader {
    return new KeptLogLoader(url, this.store, {
      onIndex: (index) => {
        this.index = index;
        this.takeState({ phase: "ended" });
        // The end is where many a reader goes first.
        if (index.parts.length > 1) void this.have(index.parts.length - 1);
        this.tellLines();
      },
      onState: (state) => this.takeState(state),
    });
  }

  private restart(): void {
    this.generation++;
    this.store.clear();
    this.parser.restart();
    if (this.query) this.startSearch(this.query);
    this.summaryIsDue();
  }

  private have(part: number, isWanted?: () => boolean): Promise<void> {
    return this.source instanceof KeptLogLoader ? this.source.have(part, isWanted) : Promise.resolve();
  }

  private takeState(state: BuildLogState): void {
    this.state = state;
    this.summaryIsDue();
  }

  /** Gives the wanted lines that are here, and asks for the parts of the others. */
  private tellLines(): void {
    const numbers = this.wantedLines;
    const parts = new Set(numbers.map((number) => this.store.numberOf(number)));
    const missing = [...parts].filter((part) => this.store.segments[part]?.isHere === false);
    for (const part of missing) {
      const isWanted = () => this.wantedLines.some((number) => this.store.numberOf(number) === part);
      void this.have(part, isWanted).then(() => {
        if (isWanted()) this.tellLines();
      });
    }
    const lines = numbers.flatMap((number) => {
      const line = this.store.line(number);
      return line ? [[number, line] as [number, typeof line]] : [];
    });
    this.wantedLines = numbers.filter((number) => this.isMissing(number));
    if (lines.length > 0 || this.wantedLines.length === 0)
      this.answer({ kind: "lines", generation: this.generation, lines });
  }

  private isMissing(line: number): boolean {
    return this.store.segments[this.store.numberOf(line)]?.isHere === false;
  }

  private async tellText({ id, first, last }: { id: number; first: number; last: number }): Promise<void> {
    const pieces: string[] = [];
    for (let from = first; from <= last; ) {
      const part = this.store.numberOf(from);
      const segment = this.store.segments[part];
      if (!segment) break;
      while (this.store.segments[part]?.isHere === false) await this.have(part);
      const to = Math.min(last, segment.firstLine + segment.lineCount - 1);
      pieces.push(this.store.text(from, to));
      from = to + 1;
    }
    this.answer({ kind: "text", id, text: pieces.join("") });
  }

  private summaryIsDue(): void {
    this.isSummaryDue = true;
    this.work();
  }

  private work(): void {
    if (this.isWorking) return;
    this.isWorking = true;
    this.later(() => {
      this.isWorking = false;
      const until = this.now() + SLICE_MS;
      let isMore = !this.index;
      while (isMore && this.now() < until) isMore = this.parser.advance(PARSE_LINES);
      this.tellSummary(isMore);
      const isSearching = this.continueSearch();
      if (isMore || isSearching || this.isSummaryDue) this.work();
    });
  }

  private tellSummary(isParsing: boolean): void {
    if (!this.isSummaryDue && !isParsing) return;
    const isLast = isOver(this.state) && !isParsing;
    if (!isLast && this.now() - this.lastSummaryAt < SUMMARY_EVERY_MS) {
      this.isSummaryDue = true;
      return;
    }
    this.lastSummaryAt = this.now();
    this.isSummaryDue = isParsing;
    const { lineCount, byteCount } = this.store;
    this.answer({
      kind: "summary",
      summary: {
        lineCount,
        byteCount,
        state: this.state,
        tree: this.index?.tree ?? this.parser.tree,
        isParsed: !isParsing,
        generation: this.generation,
      },
    });
  }

  private startSearch(query: LogQuery): void {
    this.query = query.text === "" ? undefined : query;
    this.search = undefined;
    this.missingForSearch = undefined;
    this.readMatches = () => NO_MATCHES;
    this.lastMatchesAt = this.now();
    if (!this.query) {
      this.answer({ kind: "matches", query, matches: NO_MATCHES, isComplete: true });
      return;
    }
    try {
      if (this.source instanceof KeptLogLoader) this.source.makeRoomForSearch();
      this.search = searchLog(this.store, query);
      this.searchedLines = this.store.lineCount;
      this.work();
    } catch (error) {
      const mistake = error instanceof Error ? error.message : String(error);
      this.answer({ kind: "matches", query, matches: NO_MATCHES, isComplete: true, mistake });
    }
  }

  /** True while there is more to search. */
  private continueSearch(): boolean {
    const { query, search } = this;
    if (!query) return false;
    if (this.missingForSearch !== undefined) return false;
    if (!search) {
      // Lines that have come since are searched too.
      if (this.store.lineCount !== this.searchedLines) this.startSearch(query);
      return this.search !== undefined;
    }
    try {
      const until = this.now() + SLICE_MS;
      do {
        const { value, done } = search.next();
        if (done) this.search = undefined;
        else this.readMatches = value.read;
        if (!done && value.missing !== undefined) this.searchOn(search, value.missing);
      } while (this.search && this.missingForSearch === undefined && this.now() < until);
      if (!this.search || this.now() - this.lastMatchesAt >= MATCHES_EVERY_MS) {
        this.lastMatchesAt = this.now();
        this.answer({ kind: "matches", query, matches: this.readMatches(), isComplete: !this.search });
      }
      return this.search !== undefined && this.missingForSearch === undefined;
    } catch (error) {
      this.search = undefined;
      const mistake = error instanceof Error ? error.message : String(error);
      this.answer({ kind: "matches", query, matches: NO_MATCHES, isComplete: true, mistake });
      return false;
    }
  }

  /** The search goes on once a part is here; the ones behind it come meanwhile. */
  private searchOn(search: LogSearch, part: number): void {
    this.missingForSearch = part;
    const isWanted = () => this.search === search;
    const parts = [part, part + 1, part + 2].filter((each) => each < this.store.segments.length);
    const [here] = parts
      .toReversed()
      .map((each) => this.have(each, isWanted))
      .toReversed();
    void here?.then(() => {
      if (this.missingForSearch !== part || !isWanted()) return;
      this.missingForSearch = undefined;
      this.work();
    });
  }
}
