import "server-only";
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import { and, asc, count, desc, eq, max } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { keptLogParts } from "@/lib/db/schema";
import { LogParser } from "../parser/log-parser";
import { LOG_INDEX_VERSION, type LogIndex } from "../reader/log-index";
import { LogStore, type StoredLine } from "../reader/log-store";
import type { LogHead } from "../reader/types";
import type { LogChunk } from "../tail/log-chunk";
import { LogRecord } from "../tail/log-record";
import { makeLogIndex } from "./make-log-index";
import type { KeptLogPart } from "./types";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A part has about this much text: small enough to be held while it is written. */
const PART_BYTES = 4 * 1024 * 1024;
/** The first one is what a reader waits for. */
const FIRST_PART_BYTES = 128 * 1024;

export type KeptLogKey = { targetId: string; imageArn: string };

/**
 * Logs of builds that have ended: they do not change any more, open at once, and outlive CloudWatch's retention.
 */
export class KeptLogs {
  constructor(private readonly database: () => Promise<Database>) {}

  /** Keeps a complete log; one that is kept already stays as it is. */
  async save({ targetId, imageArn }: KeptLogKey, record: LogRecord, at: Date): Promise<void> {
    const parts: KeptLogPart[] = [];
    // One after another: other requests are answered in between.
    for (const part of partsOf(record)) parts.push(await packPart(part));
    const logIndex = await packIndex(await makeLogIndex(parts));
    const { orm } = await this.database();
    await orm.transaction(async (transaction) => {
      for (const [part, packed] of parts.entries()) {
        await transaction
          .insert(keptLogParts)
          .values({
            targetId,
            imageArn,
            part,
            partCount: parts.length,
            keptAt: at,
            ...packed,
            ...(part === 0 && { logIndex }),
          })
          .onConflictDoNothing();
      }
    });
  }

  /** The image ARNs of all logs kept for a target, the last kept first. */
  async list(targetId: string): Promise<string[]> {
    const { orm } = await this.database();
    const found = await orm
      .select({ imageArn: keptLogParts.imageArn })
      .from(keptLogParts)
      .where(and(eq(keptLogParts.targetId, targetId), eq(keptLogParts.part, 0)))
      .orderBy(desc(keptLogParts.keptAt));
    return found.map(({ imageArn }) => imageArn);
  }

  /** How many parts a kept log has, 0 when it is not kept. */
  async partCount(key: KeptLogKey): Promise<number> {
    const { orm } = await this.database();
    const [found] = await orm
      .select({ present: count(), wanted: max(keptLogParts.partCount) })
      .from(keptLogParts)
      .where(isOf(key));
    return found?.wanted === found?.present ? (found?.present ?? 0) : 0;
  }

  /** One part, from 0, as it lies in the database; undefined where there is none. */
  async part(key: KeptLogKey, part: number): Promise<KeptLogPart | undefined> {
    const { orm } = await this.database();
    const [found] = await orm
      .select({ text: keptLogParts.text, events: keptLogParts.events })
      .from(keptLogParts)
      .where(and(isOf(key), eq(keptLogParts.part, part)));
    return found;
  }

  /**
   * What is known of a log without its text, as JSON, gzip; undefined when it is not kept. One that an older console
   * kept without it, or with another parser, is read once more for it, within `whenMade`.
   */
  async index(
    key: KeptLogKey,
    whenMade: (make: () => Promise<Buffer | undefined>) => Promise<Buffer | undefined>,
  ): Promise<Buffer | undefined> {
    const { orm } = await this.database();
    const [found] = await orm
      .select({ logIndex: keptLogParts.logIndex })
      .from(keptLogParts)
      .where(and(isOf(key), eq(keptLogParts.part, 0)));
    if (!found) return undefined;
    if (found.logIndex && (await isOfThisParser(found.logIndex))) return found.logIndex;
    return whenMade(() => this.makeIndex(key));
  }

  private async makeIndex(key: KeptLogKey): Promise<Buffer | undefined> {
    const first = await this.part(key, 0);
    if (!first) return undefined;
    const logIndex = await packIndex(await makeLogIndex(this.partsFrom(key, 0, first)));
    const { orm } = await this.database();
    await orm
      .update(keptLogParts)
      .set({ logIndex })
      .where(and(isOf(key), eq(keptLogParts.part, 0)));
    return logIndex;
  }

  /** The parts from `first` on, which has been read, to `last`: one at a time, as they are taken. */
  async *partsFrom(
    key: KeptLogKey,
    first: number,
    firstPart: KeptLogPart,
    last = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<KeptLogPart> {
    let part: KeptLogPart | undefined = firstPart;
    for (let next = first + 1; part; next++) {
      yield part;
      part = next <= last ? await this.part(key, next) : undefined;
    }
  }

  /** How the log begins, up to `maxLines` and `maxBytes`, and how many parts it has; undefined when it is not kept. */
  async head(
    key: KeptLogKey,
    { maxLines, maxBytes }: { maxLines: number; maxBytes: number },
  ): Promise<LogHead | undefined> {
    const { orm } = await this.database();
    const [found] = await orm
      .select({ text: keptLogParts.text, events: keptLogParts.events, parts: keptLogParts.partCount })
      .from(keptLogParts)
      .where(and(isOf(key), eq(keptLogParts.part, 0)));
    if (!found) return undefined;
    const [text, events] = await Promise.all([decompress(found.text), decompress(found.events)]);
    const store = new LogStore();
    store.adopt(text, new Float64Array(new Uint8Array(events).buffer));
    const parser = new LogParser();
    const lines: StoredLine[] = [];
    for (let bytes = 0; lines.length < maxLines; ) {
      const line = store.line(lines.length);
      bytes += line?.text.length ?? 0;
      if (!line || bytes > maxBytes) break;
      lines.push(line);
      parser.push(line.text, line.time || undefined);
    }
    return { parts: found.parts, lines, tree: parser.tree };
  }

  /** The whole log, or undefined when it is not kept. */
  async load(key: KeptLogKey): Promise<LogRecord | undefined> {
    const { orm } = await this.database();
    const parts = await orm.select().from(keptLogParts).where(isOf(key)).orderBy(asc(keptLogParts.part));
    if (parts.length === 0 || parts.length !== parts[0]?.partCount) return undefined;
    const record = new LogRecord();
    for (const { text, events } of parts) {
      const [messages, index] = await Promise.all([decompress(text), decompress(events)]);
      record.append(unpackEvents(messages, index));
    }
    return record;
  }
}

const packIndex = (index: LogIndex): Promise<Buffer> => compress(JSON.stringify(index));

/** The version stands first in the JSON: the rest may be long, and is not unpacked for it. */
async function isOfThisParser(packed: Buffer): Promise<boolean> {
  const beginning = await decompress(packed.subarray(0, 1_024), { finishFlush: constants.Z_SYNC_FLUSH });
  return beginning.toString().startsWith(`{"version":${LOG_INDEX_VERSION},`);
}

const isOf = ({ targetId, imageArn }: KeptLogKey) =>
  and(eq(keptLogParts.targetId, targetId), eq(keptLogParts.imageArn, imageArn));

/** Chunks are as small as CloudWatch's answers were; parts are larger, so that there are few rows. */
function partsOf(record: LogRecord): LogChunk[][] {
  const parts: LogChunk[][] = [];
  let size = PART_BYTES;
  for (const chunk of record.all()) {
    if (size >= (parts.length === 1 ? FIRST_PART_BYTES : PART_BYTES)) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(chunk);
    size += chunk.text.length;
  }
  return parts;
}

/** Messages as they are, and beside them a time and a length for each event. */
async function packPart(chunks: LogChunk[]): Promise<KeptLogPart> {
  const index = Float64Array.from(
    chunks.flatMap(({ times, ends }) =>
      Array.from(times, (time, event) => [time, (ends[event] ?? 0) - (ends[event - 1] ?? 0)]).flat(),
    ),
  );
  const [text, events] = await Promise.all([
    compress(Buffer.concat(chunks.map((chunk) => chunk.text))),
    compress(Buffer.from(index.buffer)),
  ]);
  return { text, events };
}

function unpackEvents(text: Buffer, index: Buffer): { timestamp: number; message: string }[] {
  const events: { timestamp: number; message: string }[] = [];
  let from = 0;
  for (let at = 0; at < index.length; at += 16) {
    const to = from + index.readDoubleLE(at + 8);
    events.push({ timestamp: index.readDoubleLE(at), message: text.toString("utf8", from, to - 1) });
    from = to;
  }
  return events;
}
