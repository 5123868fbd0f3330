import { type BuildLogState, isOver } from "../types";
import { LogStream, type LogStreamListener } from "./follow-log-stream";
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
  private stream: LogStream | undefined;
  private generation = 0;
  private isWorking = false;
  private isSummaryDue = false;
  private lastSummaryAt = 0;
  private query: LogQuery | undefined;
  private search: LogSearch | undefined;
  private searchedLines = 0;
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
        this.stream ??= this.openStream(request.url, request.keptParts);
        if (request.isVisible) this.stream.open();
        return;
      case "pause":
        this.stream?.close();
        return;
      case "resume":
        this.stream?.open();
        return;
      case "lines": {
        const lines = request.numbers.flatMap((number) => {
          const line = this.store.line(number);
          return line ? [[number, line] as [number, typeof line]] : [];
        });
        this.answer({ kind: "lines", generation: this.generation, lines });
        return;
      }
      case "text":
        this.answer({ kind: "text", id: request.id, text: this.store.text(request.first, request.last) });
        return;
      case "search":
        this.startSearch(request.query);
    }
  }

  private openStream(url: string, keptParts: number | undefined): LogStream {
    const listener: LogStreamListener = {
      onLines: ({ text, times }) => {
        this.store.appendText(text, times);
        this.summaryIsDue();
      },
      onPart: ({ text, events }) => {
        this.store.adopt(text, events);
        this.summaryIsDue();
      },
      onReset: () => {
        this.generation++;
        this.store.clear();
        this.parser.restart();
        if (this.query) this.startSearch(this.query);
        this.summaryIsDue();
      },
      onState: (state) => {
        this.state = state;
        this.summaryIsDue();
      },
    };
    return new LogStream(url, listener, keptParts);
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
      let isMore = true;
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
        tree: this.parser.tree,
        isParsed: !isParsing,
        generation: this.generation,
      },
    });
  }

  private startSearch(query: LogQuery): void {
    this.query = query.text === "" ? undefined : query;
    this.search = undefined;
    this.readMatches = () => NO_MATCHES;
    this.lastMatchesAt = this.now();
    if (!this.query) {
      this.answer({ kind: "matches", query, matches: NO_MATCHES, isComplete: true });
      return;
    }
    try {
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
        else this.readMatches = value;
      } while (this.search && this.now() < until);
      if (!this.search || this.now() - this.lastMatchesAt >= MATCHES_EVERY_MS) {
        this.lastMatchesAt = this.now();
        this.answer({ kind: "matches", query, matches: this.readMatches(), isComplete: !this.search });
      }
      return this.search !== undefined;
    } catch (error) {
      this.search = undefined;
      const mistake = error instanceof Error ? error.message : String(error);
      this.answer({ kind: "matches", query, matches: NO_MATCHES, isComplete: true, mistake });
      return false;
    }
  }
}
