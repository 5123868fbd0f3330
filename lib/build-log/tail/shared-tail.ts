import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { type BuildLogMessage, type BuildLogState, isOver } from "../types";
import { LOG_START, type LogPosition } from "./log-chunk";
import { writeCursor } from "./log-cursor";
import { LogRecord } from "./log-record";
import type { LogSource } from "./log-source";
import { type PollTurns, pollDelayMs, retryDelayMs } from "./tail-pace";

/** Events can become readable some time after the build has ended; older builds have no such. */
const LATE_FOR_MS = 600_000;
const REPEATS_AFTER_FRESH_END = 3;
/** A page ends at 10,000 events or 1 MB; one that is half full may well have a next one. */
const FULL_PAGE_EVENTS = 5_000;
const FULL_PAGE_BYTES = 512 * 1024;

export type TailOptions = {
  source: LogSource;
  turns: PollTurns;
  now: () => number;
  /** Ends early, without failing, when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, as `Math.random`. */
  random: () => number;
  /** The complete log, when it is kept: then CloudWatch is not asked. */
  kept?: LogRecord | undefined;
  /** The log is complete and will not change. */
  onComplete?: (record: LogRecord) => void;
};

/**
 * The one reader of a stream, whatever the number of viewers. It reads while somebody looks, keeps what it read,
 * and ends when CloudWatch repeats the token and the build has ended.
 */
export class SharedTail {
  private record = new LogRecord();
  private state: BuildLogState = { phase: "opening" };
  private token: string | undefined;
  private viewers = 0;
  private reading: AbortController | undefined;
  private lastReading: Promise<void> = Promise.resolve();
  private announce: () => void = () => undefined;
  private change: Promise<void> = Promise.resolve();
  private lastNewsAt: number;
  /** Whether CloudWatch has repeated a token since the first read: what is held is what there is. */
  private caughtUp = false;
  private repeatsSinceEnd = 0;
  private sawRunning = false;
  private secondReading: { record: LogRecord; token: string | undefined } | undefined;
  private failures = 0;

  constructor(private readonly options: TailOptions) {
    this.lastNewsAt = options.now();
    if (options.kept) {
      this.record = options.kept;
      this.state = { phase: "ended" };
    }
    this.nextChange();
  }

  /** Bytes held in memory. */
  get size(): number {
    return this.record.size;
  }

  get isWatched(): boolean {
    return this.viewers > 0;
  }

  /** Everything after `after` and, until the log is over or the signal aborts, what comes. */
  async *follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<BuildLogMessage> {
    this.enter();
    try {
      let position = after;
      let told: BuildLogState | undefined;
      while (!signal.aborted) {
        const { change, state, record } = this;
        // A replica that has just begun to read may not have come as far as the viewer yet.
        const isBehind = record.end.events < position.events && !this.caughtUp && !isOver(state);
        const news = isBehind ? undefined : record.batchAfter(position);
        if (!isBehind && !record.contains(position)) {
          position = LOG_START;
          yield { kind: "reset" };
        } else if (news) {
          position = news.end;
          yield { kind: "lines", cursor: writeCursor(position), batch: news.batch };
        } else if (state !== told) {
          told = state;
          yield { kind: "state", state };
          if (isOver(state)) return;
        } else {
          await untilEither(change, signal);
        }
      }
    } finally {
      this.leave();
    }
  }

  private enter(): void {
    this.viewers++;
    if (this.reading || isOver(this.state)) return;
    const reading = new AbortController();
    this.reading = reading;
    // After a reading that was stopped has come to its end: two at once would hold the same page twice.
    this.lastReading = this.lastReading.then(() => this.readOn(reading.signal));
  }

  private leave(): void {
    this.viewers--;
    if (this.viewers > 0) return;
    this.reading?.abort();
    this.reading = undefined;
  }

  private async readOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !isOver(this.state)) {
      const delayMs = await this.step().catch((error: unknown) => this.delayAfter(error));
      if (delayMs === undefined || isOver(this.state)) continue;
      await this.options.wait(this.options.turns.take(this.options.now(), delayMs), signal);
    }
  }

  /** Reads one page. Gives how long to wait before the next; undefined to read on at once. */
  private async step(): Promise<number | undefined> {
    if (this.secondReading) return this.readAgain(this.secondReading);
    const { source, now } = this.options;
    const { events, next } = await source.readPage(this.token);
    const moved = next !== this.token;
    this.token = next;
    this.failures = 0;
    const sizeBefore = this.record.size;
    this.record.append(events);
    const isFull = events.length >= FULL_PAGE_EVENTS || this.record.size - sizeBefore >= FULL_PAGE_BYTES;
    if (events.length > 0) this.lastNewsAt = now();
    this.caughtUp ||= !moved;
    this.tell({ phase: this.caughtUp ? "live" : "opening" }, events.length > 0);
    if (moved && (!this.caughtUp || isFull)) return undefined;
    if (!moved && (await this.countRepeat())) {
      if (!this.sawRunning) this.end();
      else this.secondReading = { record: new LogRecord(), token: undefined };
      return undefined;
    }
    return pollDelayMs(events.length > 0 ? 0 : Math.max(now() - this.lastNewsAt, 1));
  }

  /**
   * CloudWatch orders a stream by time, so an event that came late lies before the place the token had reached.
   * One more reading from the head gives the log as it is; viewers whose lines differ are told to begin again.
   */
  private async readAgain(reading: { record: LogRecord; token: string | undefined }): Promise<undefined> {
    const { events, next } = await this.options.source.readPage(reading.token);
    this.failures = 0;
    reading.record.append(events);
    const isAtEnd = next === reading.token;
    reading.token = next;
    if (!isAtEnd) return;
    this.secondReading = undefined;
    this.record = reading.record;
    this.token = next;
    if (this.repeatsSinceEnd > 0) this.end();
    else this.tell({ phase: "live" }, true);
  }

  private end(): void {
    this.tell({ phase: "ended" });
    this.options.onComplete?.(this.record);
  }

  /** Called when CloudWatch has nothing more for now. True when enough of these were after the end of the build. */
  private async countRepeat(): Promise<boolean> {
    const { source, now } = this.options;
    if (!(await source.hasEnded())) {
      this.sawRunning = true;
      return false;
    }
    const lastEventAt = this.record.lastEventAt ?? 0;
    const needed = now() - lastEventAt > LATE_FOR_MS && !this.sawRunning ? 1 : REPEATS_AFTER_FRESH_END;
    return this.repeatsSinceEnd++ >= needed;
  }

  private async delayAfter(error: unknown): Promise<number> {
    const { source, random } = this.options;
    this.failures++;
    const code = error instanceof ConsoleFailure ? error.detail.code : "unexpected";
    const message = error instanceof Error ? error.message : String(error);
    const laterMs = retryDelayMs(this.failures, random());
    if (code === "not-found") return this.delayWithoutStream();
    if (code === "invalid" && this.token !== undefined) {
      // A token lives for 24 hours.
      this.token = undefined;
      this.secondReading = { record: new LogRecord(), token: undefined };
      return laterMs;
    }
    if (code === "access-denied")
      this.tell({ phase: "denied", message: `${message} Group ${source.place.group}.` });
    else if (code === "slowed-by-aws")
      this.tell({ phase: "slowed", message: "AWS is throttling requests. New lines are delayed." });
    else this.tell({ phase: "interrupted", message: `${message} The log continues when AWS responds.` });
    return code === "access-denied" ? Math.max(laterMs, 10_000) : laterMs;
  }

  private async delayWithoutStream(): Promise<number> {
    const { place } = this.options.source;
    const held = this.record.end.events > 0;
    const over = await this.countRepeat().catch(() => false);
    if (over && held) {
      this.tell({
        phase: "ended",
        message: `The log ${place.stream} in ${place.group} was deleted while it was read.`,
      });
    } else if (over) {
      this.tell({
        phase: "missing",
        message: `CloudWatch Logs has no stream ${place.stream} in ${place.group}. It was deleted, or the build's role may not write logs.`,
      });
    } else {
      this.tell({
        phase: "waiting",
        message: `CloudWatch Logs has no stream ${place.stream} in ${place.group} yet.`,
      });
    }
    return 2_000;
  }

  private tell(state: BuildLogState, news = false): void {
    const same = state.phase === this.state.phase && state.message === this.state.message;
    if (!same) this.state = state;
    if (same && !news) return;
    this.announce();
    this.nextChange();
  }

  private nextChange(): void {
    this.change = new Promise((resolve) => {
      this.announce = resolve;
    });
  }
}

/** Ends when either does, and leaves no listener behind. */
async function untilEither(change: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener("abort", stop, { once: true });
  });
  await Promise.race([change, aborted]);
  signal.removeEventListener("abort", stop);
}
