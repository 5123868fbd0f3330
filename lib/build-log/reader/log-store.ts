/** Lines of a log as bytes, with an index of where each begins. Made for millions of lines: nothing is kept as text. */
export type LogSegment = {
  firstLine: number;
  lineCount: number;
  bytes: Uint8Array;
  size: number;
  /** Where each line begins in `bytes`. */
  starts: Uint32Array;
  times: Float64Array;
  /** False for a part of a kept log whose lines are counted, and whose text has not come. */
  isHere: boolean;
};

export type StoredLine = { text: string; time: number };

const SEGMENT_BYTES = 1 << 20;
const NEWLINE = 10;

export class LogStore {
  readonly segments: LogSegment[] = [];
  lineCount = 0;
  byteCount = 0;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  /** Adds whole lines, each ended by `\n`. `times` has one for each; a missing one is that of the line before. */
  append(bytes: Uint8Array, times: ArrayLike<number> = []): void {
    let from = 0;
    let timeIndex = 0;
    while (from < bytes.length) {
      const segment = this.roomFor(bytes.length - from);
      // At least one line, even if it is longer than a segment should be.
      const limit = Math.min(bytes.length, from + segment.bytes.length - segment.size);
      const to = limit === bytes.length ? limit : bytes.lastIndexOf(NEWLINE, limit - 1) + 1;
      if (to <= from) {
        this.segments.push(emptySegment(this.lineCount, bytes.indexOf(NEWLINE, from) + 1 - from));
        continue;
      }
      timeIndex = this.fill(segment, bytes.subarray(from, to), times, timeIndex);
      from = to;
    }
  }

  /** Takes over a part of a kept log, as `put` does, after what there is. */
  adopt(bytes: Uint8Array, events: Float64Array): void {
    const segment = emptySegment(this.lineCount, 0, events.length / 2 + 1);
    this.segments.push(segment);
    index(segment, bytes, events);
    this.byteCount += segment.size;
    this.lineCount += segment.lineCount;
  }

  /** Makes room for a part of a kept log that has not come: it has its lines and bytes, and no text. */
  expect({ lines, bytes }: { lines: number; bytes: number }): void {
    this.segments.push({ ...emptySegment(this.lineCount, 0, 0), lineCount: lines, isHere: false });
    this.lineCount += lines;
    this.byteCount += bytes;
  }

  /**
   * Fills such a part: whole lines, and for each event its time and its bytes. An event may have several lines. The
   * bytes are not copied. Throws where they are not the lines that were counted.
   */
  put(number: number, bytes: Uint8Array, events: Float64Array): void {
    const expected = this.segments[number];
    if (!expected || expected.isHere) return;
    const segment = emptySegment(expected.firstLine, 0, expected.lineCount + 1);
    index(segment, bytes, events);
    if (segment.lineCount !== expected.lineCount) {
      throw new Error(
        `Part ${number} has ${segment.lineCount} lines, and its index says ${expected.lineCount}.`,
      );
    }
    this.segments[number] = segment;
  }

  /** Lets go of the text of a part, which may come again. */
  drop(number: number): void {
    const segment = this.segments[number];
    if (!segment) return;
    const { firstLine, lineCount } = segment;
    this.segments[number] = { ...emptySegment(firstLine, 0, 0), lineCount, isHere: false };
  }

  appendText(text: string, times: ArrayLike<number> = []): void {
    this.append(this.encoder.encode(text), times);
  }

  clear(): void {
    this.segments.length = 0;
    this.lineCount = 0;
    this.byteCount = 0;
  }

  /** One line without its `\n`; undefined where there is none, or its part has not come. */
  line(number: number): StoredLine | undefined {
    const segment = this.segmentOf(number);
    if (!segment?.isHere) return undefined;
    const index = number - segment.firstLine;
    return {
      text: this.decoder.decode(segment.bytes.subarray(segment.starts[index], endOf(segment, index))),
      time: segment.times[index] ?? 0,
    };
  }

  /** The text of lines `first` to `last`, both within, each with its `\n`; parts that have not come are left out. */
  text(first: number, last: number): string {
    const parts: string[] = [];
    for (const segment of this.segments) {
      const from = Math.max(first - segment.firstLine, 0);
      const to = Math.min(last - segment.firstLine, segment.lineCount - 1);
      if (from > to || !segment.isHere) continue;
      parts.push(this.decoder.decode(segment.bytes.subarray(segment.starts[from], endOf(segment, to) + 1)));
    }
    return parts.join("");
  }

  segmentOf(line: number): LogSegment | undefined {
    return this.segments[this.numberOf(line)];
  }

  /** The place in `segments` of the one that has a line. */
  numberOf(line: number): number {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.segments[middle];
      if (segment && segment.firstLine + segment.lineCount <= line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private roomFor(wanted: number): LogSegment {
    const last = this.segments.at(-1);
    if (last && last.bytes.length - last.size >= Math.min(wanted, 64 * 1024)) return last;
    const segment = emptySegment(this.lineCount, SEGMENT_BYTES);
    this.segments.push(segment);
    return segment;
  }

  private fill(segment: LogSegment, bytes: Uint8Array, times: ArrayLike<number>, firstTime: number): number {
    segment.bytes.set(bytes, segment.size);
    const base = segment.size;
    const firstLine = segment.lineCount;
    let time = firstTime;
    for (let start = 0; start < bytes.length; ) {
      if (segment.lineCount === segment.starts.length) grow(segment);
      const before = segment.times[segment.lineCount - 1] ?? 0;
      segment.starts[segment.lineCount] = base + start;
      segment.times[segment.lineCount] = times[time++] ?? before;
      segment.lineCount++;
      start = bytes.indexOf(NEWLINE, start) + 1;
    }
    segment.size += bytes.length;
    this.byteCount += bytes.length;
    this.lineCount += segment.lineCount - firstLine;
    return time;
  }
}

/** Where a line of a segment ends, its `\n` left out. */
export const endOf = ({ starts, lineCount, size }: LogSegment, index: number): number =>
  (index + 1 < lineCount ? (starts[index + 1] ?? 0) : size) - 1;

const emptySegment = (firstLine: number, size: number, lines = 1 << 10): LogSegment => ({
  firstLine,
  lineCount: 0,
  bytes: new Uint8Array(size),
  size: 0,
  starts: new Uint32Array(lines),
  times: new Float64Array(lines),
  isHere: true,
});

/** Finds the lines of a segment that is empty so far in `bytes`, and gives each the time of its event. */
function index(segment: LogSegment, bytes: Uint8Array, events: Float64Array): void {
  segment.bytes = bytes;
  segment.size = bytes.length;
  let event = 0;
  let eventEnd = events[1] ?? 0;
  for (let start = 0; start < bytes.length; start = bytes.indexOf(NEWLINE, start) + 1) {
    while (start >= eventEnd && event + 2 < events.length) {
      event += 2;
      eventEnd += events[event + 1] ?? 0;
    }
    if (segment.lineCount === segment.starts.length) grow(segment);
    segment.starts[segment.lineCount] = start;
    segment.times[segment.lineCount] = events[event] ?? 0;
    segment.lineCount++;
  }
}

function grow(segment: LogSegment): void {
  const starts = new Uint32Array(Math.max(segment.starts.length * 2, 16));
  starts.set(segment.starts);
  segment.starts = starts;
  const times = new Float64Array(Math.max(segment.times.length * 2, 16));
  times.set(segment.times);
  segment.times = times;
}
