import { LRUCache } from "lru-cache";
import { apiUrls } from "@/lib/core/urls";
import { type PackedPart, readPackedParts, unpackPart, unzip } from "../stream/kept-log-stream";
import type { BuildLogState } from "../types";
import type { LogIndex } from "./log-index";
import type { LogStore } from "./log-store";
import { refusalOf } from "./refusal-of";

/** Text that is held unpacked until somebody searches: enough for what is in view and around it. */
const PLAIN_BYTES = 24 * 1024 * 1024;
/** Once somebody searches: a log of 100 MB stays unpacked then. */
const SEARCHED_PLAIN_BYTES = 192 * 1024 * 1024;
/** Parts that have come stay here packed, up to this much: they are not fetched again. */
const PACKED_BYTES = 32 * 1024 * 1024;
/** Parts that are fetched or unpacked at a time. */
const AT_ONCE = 3;
/** An answer that has not come by then is asked for again. */
const ANSWER_MS = 40_000;
const LONGEST_RETRY_MS = 15_000;

const always = () => true;

/**
 * The parts of one kept log: its index first, then each part when its lines are wanted, unpacked into the store, and
 * out of it again when others need the room. What fails is tried again, and `onState` hears of it.
 */
export class KeptLogLoader {
  private readonly packed = new LRUCache<number, PackedPart>({
    maxSize: PACKED_BYTES,
    sizeCalculation: ({ text, events }) => text.length + events.length,
  });
  /** The bytes of each part that is in the store. */
  private plain: LRUCache<number, number>;
  private readonly coming = new Map<number, Promise<void>>();
  private running = 0;
  /** Those who wait for one of the places; the last has the next one. */
  private readonly queue: (() => void)[] = [];
  private connection = new AbortController();
  private opened: Promise<void>;
  private reopen = () => {};
  private failures = 0;
  private isRefused = false;

  constructor(
    private readonly url: string,
    private readonly store: LogStore,
    private readonly listener: {
      /** The store has room for all parts. */
      onIndex: (index: LogIndex) => void;
      onState: (state: BuildLogState) => void;
    },
  ) {
    this.plain = this.partsInStore(PLAIN_BYTES);
    this.opened = this.nextOpening();
    void this.readIndex();
  }

  /** Begins, or goes on after `close`. */
  open(): void {
    if (this.connection.signal.aborted) this.connection = new AbortController();
    this.reopen();
  }

  /** Lets go of every connection. */
  close(): void {
    if (this.connection.signal.aborted) return;
    this.connection.abort();
    this.opened = this.nextOpening();
  }

  /**
   * Settles once a part is in the store, where it stays until the next turn at least; or without it, when its turn came
   * and nobody wanted it any more.
   */
  have(part: number, isWanted: () => boolean = always): Promise<void> {
    if (this.plain.get(part)) return Promise.resolve();
    const coming = this.coming.get(part) ?? this.load(part, isWanted).finally(() => this.coming.delete(part));
    this.coming.set(part, coming);
    return coming;
  }

  /** As much of the log as there is room for stays unpacked from now on. */
  makeRoomForSearch(): void {
    const { plain } = this;
    if (plain.maxSize === SEARCHED_PLAIN_BYTES) return;
    this.plain = this.partsInStore(SEARCHED_PLAIN_BYTES);
    this.plain.load(plain.dump());
  }

  private partsInStore(maxSize: number): LRUCache<number, number> {
    return new LRUCache({
      maxSize,
      sizeCalculation: (bytes) => bytes,
      dispose: (_, part) => this.store.drop(part),
    });
  }

  private async readIndex(): Promise<void> {
    const index = await this.untilDone(async () => {
      const bytes = await this.fetchBytes(apiUrls.keptLogIndex(this.url));
      return JSON.parse(new TextDecoder().decode(await unzip(bytes))) as LogIndex;
    });
    for (const part of index.parts) this.store.expect(part);
    this.listener.onIndex(index);
  }

  private async load(part: number, isWanted: () => boolean): Promise<void> {
    if (this.running >= AT_ONCE) await new Promise<void>((next) => this.queue.push(next));
    else this.running++;
    try {
      if (!isWanted()) return;
      await this.untilDone(async () => {
        const packed = this.packed.get(part) ?? (await this.fetchPart(part));
        const { text, events } = await unpackPart(packed);
        this.store.put(part, text, events);
        // Only what could be unpacked is kept: anything else is fetched anew.
        this.packed.set(part, packed);
        this.plain.set(part, Math.max(text.length, 1));
      });
    } finally {
      const next = this.queue.pop();
      if (next) next();
      else this.running--;
    }
  }

  private async fetchPart(part: number): Promise<PackedPart> {
    const bytes = await this.fetchBytes(apiUrls.keptLog(this.url, part, part));
    const [packed] = readPackedParts(bytes);
    if (!packed) throw new Error(`Part ${part} has not come.`);
    return packed;
  }

  private async fetchBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
    await this.opened;
    const signal = AbortSignal.any([this.connection.signal, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(url, { signal, cache: "no-store" });
    if (!response.ok) {
      const state = await refusalOf(response);
      this.isRefused = state.phase === "denied";
      this.listener.onState(state);
      throw new Error(state.message);
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Never settles where the console refuses it for good. */
  private async untilDone<Value>(work: () => Promise<Value>): Promise<Value> {
    while (!this.isRefused) {
      try {
        const value = await work();
        if (this.failures > 0) this.listener.onState({ phase: "ended" });
        this.failures = 0;
        return value;
      } catch {
        // Who closed the connection wants to hear nothing of it.
        if (this.isRefused || this.connection.signal.aborted) continue;
        this.failures++;
        this.listener.onState({
          phase: "interrupted",
          message: "The console isn't responding. Retrying.",
        });
        await new Promise((next) => setTimeout(next, Math.min(500 * 2 ** this.failures, LONGEST_RETRY_MS)));
      }
    }
    return new Promise(() => undefined);
  }

  private nextOpening(): Promise<void> {
    return new Promise((resolve) => {
      this.reopen = resolve;
    });
  }
}
