import "server-only";
import { LRUCache } from "lru-cache";
import { type Clock, orAfter } from "@/lib/core/clock";
import { Askers } from "./askers";
import { SharedReads } from "./shared-read";

/** Older than this, and than twice the time that it stays fresh, no answer is given in place of a new one. */
const MAX_AGE_MS = 15_000;
const MAX_ANSWERS = 1_000;

type Known = { answer: unknown; at: number; maxAgeMs: number };

/**
 * Shared reads of what is worked out from several calls. While those take long, for want of budget or because AWS
 * throttles, whoever polls gets the answer before: a page goes on showing what it knows, and the news with its next poll.
 */
export class SharedAnswers {
  private readonly reads: SharedReads;
  private known: LRUCache<string, Known>;

  constructor(
    private readonly clock: Clock,
    private readonly patienceMs: number,
  ) {
    this.reads = new SharedReads(clock);
    this.known = this.nothing();
  }

  share<Answer>(
    question: string,
    freshForMs: number | ((answer: Answer) => number),
    work: (askers: Askers) => Promise<Answer>,
    { asking = new Askers(""), leastMaxAgeMs = MAX_AGE_MS }: { asking?: Askers; leastMaxAgeMs?: number } = {},
  ): Promise<Answer> {
    const before = this.known.get(question);
    const answer = this.reads.read(
      question,
      freshForMs,
      (askers) => this.workOut(question, { freshForMs, leastMaxAgeMs, work: () => work(askers) }),
      asking,
    );
    const age = before ? this.clock.now() - before.at : Number.POSITIVE_INFINITY;
    if (!before || age < 0 || age > before.maxAgeMs || this.patienceMs === Number.POSITIVE_INFINITY)
      return answer;
    return orAfter(this.patienceMs, answer, () => before.answer as Answer);
  }

  /** After a write: nothing from before it is given, also when it is still being worked out. */
  forget(): void {
    this.reads.forget();
    this.known = this.nothing();
  }

  private async workOut<Answer>(
    question: string,
    {
      freshForMs,
      leastMaxAgeMs,
      work,
    }: {
      freshForMs: number | ((answer: Answer) => number);
      leastMaxAgeMs: number;
      work: () => Promise<Answer>;
    },
  ): Promise<Answer> {
    const { known } = this;
    const answer = await work();
    const fresh = typeof freshForMs === "function" ? freshForMs(answer) : freshForMs;
    const maxAgeMs = Math.max(leastMaxAgeMs, 2 * fresh);
    known.set(question, { answer, at: this.clock.now(), maxAgeMs }, { ttl: maxAgeMs });
    known.purgeStale();
    return answer;
  }

  private nothing(): LRUCache<string, Known> {
    return new LRUCache({ max: MAX_ANSWERS, ttl: MAX_AGE_MS, ttlResolution: 0, perf: this.clock });
  }
}
