import "server-only";
import { crc32 } from "node:zlib";
import type { LogEvent } from "../types";

/** A place in a log: how many events come before it, and a checksum over them all. */
export type LogPosition = { events: number; checksum: number };

export const LOG_START: LogPosition = { events: 0, checksum: 0 };

/** A run of events as bytes: messages one after another, each ended by `\n`. Never changed once made. */
export type LogChunk = {
  start: LogPosition;
  /** Number of the first line, from 0. */
  firstLine: number;
  lineCount: number;
  /** Epoch milliseconds, one for each event. */
  times: Float64Array;
  /** Where each event ends in `text`, its `\n` included. */
  ends: Uint32Array;
  /** How many lines of `text` there are up to the end of each event. */
  lines: Uint32Array;
  /** Checksum over all events of the log up to and with each event. */
  checksums: Uint32Array;
  text: Buffer;
};

/** Turns events into the chunk that follows `start`. */
export function makeChunk(events: LogEvent[], start: LogPosition, firstLine: number): LogChunk {
  const text = Buffer.from(events.map(({ message }) => `${message}\n`).join(""));
  const times = Float64Array.from(events, ({ timestamp }) => timestamp);
  const ends = new Uint32Array(events.length);
  const lines = new Uint32Array(events.length);
  const checksums = new Uint32Array(events.length);
  const stamp = new Float64Array(1);
  let end = 0;
  let lineCount = 0;
  let checksum = start.checksum;
  for (const [index, { message, timestamp }] of events.entries()) {
    const begin = end;
    end += Buffer.byteLength(message) + 1;
    stamp[0] = timestamp;
    checksum = crc32(text.subarray(begin, end), crc32(stamp, checksum));
    lineCount += 1 + lineBreaksIn(message);
    ends[index] = end;
    lines[index] = lineCount;
    checksums[index] = checksum;
  }
  return { start, firstLine, lineCount, times, ends, lines, checksums, text };
}

/** The place after the first `count` events of a chunk. */
export function positionIn({ start, checksums }: LogChunk, count: number): LogPosition {
  return {
    events: start.events + count,
    checksum: count === 0 ? start.checksum : (checksums[count - 1] ?? 0),
  };
}

export const endOfChunk = (chunk: LogChunk): LogPosition => positionIn(chunk, chunk.times.length);

function lineBreaksIn(message: string): number {
  let count = 0;
  for (let at = message.indexOf("\n"); at >= 0; at = message.indexOf("\n", at + 1)) count++;
  return count;
}
