import "server-only";
import { LRUCache } from "lru-cache";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { Askers } from "./askers";

type Entry = {
  askers: Askers;
  answer: Promise<unknown>;
  keptAt: number;
  freshUntil: number;
  hasFailed: boolean;
};

const MAX_ENTRIES = 5_000;
const FAILURE_FRESH_FOR_MS = 1_500;

/**
 * Equal reads share one answer while it is under way and for a moment after, so that ten viewers cost what one
 * costs. A failure is shared for that moment too: ten viewers of a refused page must not ask ten times.
 */
export class SharedReads {
  private readonly entries = new LRUCache<string, Entry>({ max: MAX_ENTRIES });

  constructor(private readonly clock: Clock) {}

  read<Output>(
    key: string,
    freshForMs: number | ((answer: Output) => number),
    load: (askers: Askers) => Promise<Output>,
    /** Who asks. Everybody who asks for the same while it is under way joins those it is loaded for. */
    asking: Askers,
    /** Asked before a load: false gives an answer that is not fresh any more, and throws where there is none. */
    mayLoad: () => boolean = () => true,
  ): Promise<Output> {
    const known = this.entries.get(key);
    if (known && this.isFresh(known)) {
      if (known.freshUntil === Number.POSITIVE_INFINITY) known.askers.join(asking);
      return known.answer as Promise<Output>;
    }
    if (!mayLoad()) return this.older<Output>(known);
    const askers = new Askers();
    askers.join(asking);
    const answer = load(askers);
    const entry: Entry = {
      askers,
      answer,
      keptAt: Number.NEGATIVE_INFINITY,
      freshUntil: Number.POSITIVE_INFINITY,
      hasFailed: false,
    };
    this.entries.set(key, entry);
    const keepFor = (ms: number) => {
      entry.keptAt = this.clock.now();
      entry.freshUntil = entry.keptAt + ms;
      // Pages of a log hold a megabyte each: what nobody will be answered with is not held.
      if (ms <= 0 && this.entries.peek(key) === entry) this.entries.delete(key);
    };
    answer.then(
      (output) => keepFor(typeof freshForMs === "function" ? freshForMs(output) : freshForMs),
      () => {
        entry.hasFailed = true;
        keepFor(FAILURE_FRESH_FOR_MS);
      },
    );
    return answer;
  }

  private older<Output>(known: Entry | undefined): Promise<Output> {
    if (known && !known.hasFailed) return known.answer as Promise<Output>;
    return Promise.reject(
      new ConsoleFailure({
        code: "slowed-by-aws",
        message: "Lists have used their calls of this minute (GOLDSMITH_LIST_CALLS).",
      }),
    );
  }

  /** After a write: the next read asks AWS, also while an older one is still under way. */
  forget(): void {
    this.entries.clear();
  }

  /** An answer from the future is one from before the clock was set back, however long ago. */
  private isFresh({ keptAt, freshUntil }: Entry): boolean {
    const now = this.clock.now();
    return now >= keptAt && now < freshUntil;
  }
}

/** One text for equal inputs, whatever the order of their members. */
export function keyOf(input: unknown): string {
  return JSON.stringify(input, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
