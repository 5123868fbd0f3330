import "server-only";
import type { LogBatch, LogEvent } from "../types";
import { endOfChunk, LOG_START, type LogChunk, type LogPosition, makeChunk, positionIn } from "./log-chunk";

/** Viewers get at most this much at once, so that the first lines of a long log are seen at once. */
const MAX_BATCH_BYTES = 256 * 1024;

/** All events of a log read so far, as bytes. Only ever grows. */
export class LogRecord {
  private readonly chunks: LogChunk[] = [];
  /** Bytes held. */
  size = 0;

  /** The place after the last event. */
  get end(): LogPosition {
    const last = this.chunks.at(-1);
    return last ? endOfChunk(last) : LOG_START;
  }

  get lineCount(): number {
    const last = this.chunks.at(-1);
    return last ? last.firstLine + last.lineCount : 0;
  }

  /** Epoch milliseconds of the last event; undefined while there is none. */
  get lastEventAt(): number | undefined {
    return this.chunks.at(-1)?.times.at(-1);
  }

  append(events: LogEvent[]): void {
    if (events.length === 0) return;
    const chunk = makeChunk(events, this.end, this.lineCount);
    this.chunks.push(chunk);
    this.size += chunk.text.length + events.length * 16;
  }

  /** Whether this log begins with exactly the events that lie before `position`. */
  contains(position: LogPosition): boolean {
    if (position.events === 0) return true;
    const chunk = this.chunkAt(position.events - 1);
    return chunk?.checksums[position.events - 1 - chunk.start.events] === position.checksum;
  }

  /** What follows `position`, which the log must contain; undefined at the end. */
  batchAfter(position: LogPosition): { batch: LogBatch; end: LogPosition } | undefined {
    const chunk = this.chunkAt(position.events);
    if (!chunk) return undefined;
    const first = position.events - chunk.start.events;
    const begin = first === 0 ? 0 : (chunk.ends[first - 1] ?? 0);
    let last = first + 1;
    while (last < chunk.ends.length && (chunk.ends[last] ?? 0) - begin <= MAX_BATCH_BYTES) last++;
    const text = chunk.text.toString("utf8", begin, chunk.ends[last - 1]);
    return {
      batch: {
        firstLine: chunk.firstLine + (chunk.lines[first - 1] ?? 0),
        times: timesOfLines(chunk, first, last),
        text,
      },
      end: positionIn(chunk, last),
    };
  }

  /** The chunks in order, for whoever writes the log elsewhere. */
  all(): readonly LogChunk[] {
    return this.chunks;
  }

  private chunkAt(event: number): LogChunk | undefined {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const chunk = this.chunks[middle];
      if (chunk && endOfChunk(chunk).events <= event) low = middle + 1;
      else high = middle;
    }
    return this.chunks[low];
  }
}

/** One time for each line; an event of several lines gives its time to each. */
function timesOfLines({ lines, times }: LogChunk, first: number, last: number): number[] {
  const all: number[] = [];
  for (let event = first; event < last; event++) {
    const count = (lines[event] ?? 0) - (lines[event - 1] ?? 0);
    for (let line = 0; line < count; line++) all.push(times[event] ?? 0);
  }
  return all;
}
