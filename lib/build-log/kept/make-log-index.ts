import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { LOG_INDEX_VERSION, type LogIndex } from "../reader/log-index";
import { LogStore } from "../reader/log-store";
import { StoredLogParser } from "../reader/parse-stored-log";
import type { KeptLogPart } from "./types";

const decompress = promisify(gunzip);
/** About 10 ms of work: others are answered in between. */
const LINES_AT_ONCE = 20_000;

/** Reads a kept log once, a part at a time, and says what its readers need to know before they have its text. */
export async function makeLogIndex(
  parts: AsyncIterable<KeptLogPart> | Iterable<KeptLogPart>,
): Promise<LogIndex> {
  const store = new LogStore();
  const parser = new StoredLogParser(store);
  const index: LogIndex = { version: LOG_INDEX_VERSION, parts: [], tree: parser.tree };
  for await (const { text, events } of parts) {
    const [bytes, times] = await Promise.all([decompress(text), decompress(events)]);
    store.adopt(bytes, new Float64Array(new Uint8Array(times).buffer));
    while (parser.advance(LINES_AT_ONCE)) await nextTurn();
    const number = index.parts.length;
    const lines = store.segments[number]?.lineCount ?? 0;
    index.parts.push({ lines, bytes: bytes.length });
    store.drop(number);
  }
  return index;
}
