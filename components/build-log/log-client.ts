import type { StoredLine } from "@/lib/build-log/reader/log-store";
import type { LogMatches, LogQuery } from "@/lib/build-log/reader/search-log";
import type { LogAnswer, LogHead, LogRequest, LogSummary } from "@/lib/build-log/reader/types";
import { startWorker, takeLogWorker } from "./log-worker-starter";

export type LogSearch = { query: LogQuery; matches: LogMatches; isComplete: boolean; mistake?: string };

export type LogSnapshot = LogSummary & {
  search: LogSearch | undefined;
  /** Changes when lines asked for have come. */
  linesVersion: number;
};

const EMPTY: LogSnapshot = {
  lineCount: 0,
  byteCount: 0,
  state: { phase: "opening" },
  tree: { lineCount: 0, nodes: [], polls: [], stderr: [] },
  isParsed: false,
  generation: 0,
  search: undefined,
  linesVersion: 0,
};
/** What is known of a log before any of it has been read: how it begins, if even that. */
export const snapshotOfHead = (head: LogHead | undefined): LogSnapshot =>
  head ? { ...EMPTY, lineCount: head.lines.length, tree: head.tree } : EMPTY;

/**
 * A worker that answers nothing for this many looks in a row is caught in a pattern that goes on for ever, which
 * JavaScript cannot interrupt: it is ended.
 */
const SILENT_LOOKS = 4;
const LOOK_MS = 1_000;
const TOO_SLOW = "This expression takes too long on this log. Use a simpler one.";

/** Lines that have been seen lately are kept; the log itself is in the worker. */
const MAX_LINES = 1_500;

/** The page's side of the worker. A store for `useSyncExternalStore`; `close` ends worker and connection. */
export class LogClient {
  private worker: Worker;
  private readonly listeners = new Set<() => void>();
  private readonly lines: Map<number, StoredLine>;
  private readonly asked = new Set<number>();
  private readonly texts = new Map<number, { resolve: (text: string) => void; request: LogRequest }>();
  private nextText = 1;
  private snapshot: LogSnapshot;
  private watch: ReturnType<typeof setInterval> | undefined;
  private silentLooks = 0;

  constructor(
    private readonly url: string,
    { isVisible, head }: { isVisible: boolean; head: LogHead | undefined },
  ) {
    this.lines = new Map(head?.lines.entries());
    this.snapshot = snapshotOfHead(head);
    this.worker = this.open(takeLogWorker(url), { isVisible, keptParts: head?.parts });
  }

  private open(
    { worker, said }: ReturnType<typeof takeLogWorker>,
    { isVisible, keptParts }: { isVisible: boolean; keptParts: number | undefined },
  ): Worker {
    worker.onmessage = ({ data }: MessageEvent<LogAnswer>) => this.take(data);
    for (const answer of said) this.take(answer);
    const open: LogRequest = { kind: "open", url: this.url, isVisible, keptParts };
    worker.postMessage(open);
    return worker;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): LogSnapshot => this.snapshot;

  /** A line, if it is here; asks for it if not, and tells the listeners when it has come. */
  want(numbers: number[]): void {
    const missing = numbers.filter((number) => !this.lines.has(number) && !this.asked.has(number));
    if (missing.length === 0) return;
    for (const number of missing) this.asked.add(number);
    this.send({ kind: "lines", numbers: missing });
  }

  line(number: number): StoredLine | undefined {
    return this.lines.get(number);
  }

  /** The text of lines `first` to `last`, from 0 and both within. */
  text(first: number, last: number): Promise<string> {
    const id = this.nextText++;
    return new Promise((resolve) => {
      const request: LogRequest = { kind: "text", id, first, last };
      this.texts.set(id, { resolve, request });
      this.send(request);
    });
  }

  search(query: LogQuery): void {
    this.send({ kind: "search", query });
    clearInterval(this.watch);
    this.silentLooks = 0;
    // Lines that come later are searched too, so that it is watched for as long as the search stands.
    if (query.isRegex && query.text !== "") this.watch = setInterval(() => this.look(query), LOOK_MS);
  }

  private look(query: LogQuery): void {
    if (this.silentLooks++ < SILENT_LOOKS) this.send({ kind: "lines", numbers: [] });
    else this.giveUp(query);
  }

  /** Reads the log again in a new worker, without the search. */
  private giveUp(query: LogQuery): void {
    clearInterval(this.watch);
    this.worker.terminate();
    this.asked.clear();
    this.worker = this.open(startWorker(), { isVisible: !document.hidden, keptParts: undefined });
    for (const { request } of this.texts.values()) this.send(request);
    const matches: LogMatches = { count: 0, lines: new Uint32Array() };
    this.take({ kind: "matches", query, matches, isComplete: true, mistake: TOO_SLOW });
  }

  setVisible(isVisible: boolean): void {
    this.send({ kind: isVisible ? "resume" : "pause" });
  }

  close(): void {
    clearInterval(this.watch);
    this.worker.terminate();
    this.listeners.clear();
  }

  private send(request: LogRequest): void {
    this.worker.postMessage(request);
  }

  private take(answer: LogAnswer): void {
    this.silentLooks = 0;
    if (answer.kind === "lines" && answer.lines.length === 0) return;
    if (answer.kind === "text") {
      this.texts.get(answer.id)?.resolve(answer.text);
      this.texts.delete(answer.id);
      return;
    }
    if (answer.kind === "summary") {
      if (answer.summary.generation !== this.snapshot.generation) this.lines.clear();
      this.snapshot = { ...this.snapshot, ...answer.summary };
    } else if (answer.kind === "lines") {
      this.keep(answer.lines);
      this.snapshot = { ...this.snapshot, linesVersion: this.snapshot.linesVersion + 1 };
    } else {
      const { kind: _, ...search } = answer;
      this.snapshot = { ...this.snapshot, search: search.query.text === "" ? undefined : search };
    }
    for (const listener of this.listeners) listener();
  }

  private keep(lines: [number, StoredLine][]): void {
    this.asked.clear();
    for (const [number, line] of lines) {
      this.lines.delete(number);
      this.lines.set(number, line);
    }
    for (const number of this.lines.keys()) {
      if (this.lines.size <= MAX_LINES) return;
      this.lines.delete(number);
    }
  }
}
