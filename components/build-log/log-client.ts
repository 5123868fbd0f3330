import type { StoredLine } from "@/lib/build-log/reader/log-store";
import type { LogMatches, LogQuery } from "@/lib/build-log/reader/search-log";
import type { LogAnswer, LogHead, LogRequest, LogSummary } from "@/lib/build-log/reader/types";
import { takeLogWorker } from "./log-worker-starter";

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

/** Lines that have been seen lately are kept; the log itself is in the worker. */
const MAX_LINES = 1_500;

/** The page's side of the worker. A store for `useSyncExternalStore`; `close` ends worker and connection. */
export class LogClient {
  private readonly worker: Worker;
  private readonly listeners = new Set<() => void>();
  private readonly lines: Map<number, StoredLine>;
  private readonly asked = new Set<number>();
  private readonly texts = new Map<number, (text: string) => void>();
  private nextText = 1;
  private snapshot: LogSnapshot;

  constructor(url: string, { isVisible, head }: { isVisible: boolean; head: LogHead | undefined }) {
    this.lines = new Map(head?.lines.entries());
    this.snapshot = snapshotOfHead(head);
    const { worker, said } = takeLogWorker(url);
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<LogAnswer>) => this.take(data);
    for (const answer of said) this.take(answer);
    this.send({ kind: "open", url, isVisible, keptParts: head?.parts });
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
      this.texts.set(id, resolve);
      this.send({ kind: "text", id, first, last });
    });
  }

  search(query: LogQuery): void {
    this.send({ kind: "search", query });
  }

  setVisible(isVisible: boolean): void {
    this.send({ kind: isVisible ? "resume" : "pause" });
  }

  close(): void {
    this.worker.terminate();
    this.listeners.clear();
  }

  private send(request: LogRequest): void {
    this.worker.postMessage(request);
  }

  private take(answer: LogAnswer): void {
    if (answer.kind === "text") {
      this.texts.get(answer.id)?.(answer.text);
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
