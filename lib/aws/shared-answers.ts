import "server-only";
import type { Clock } from "@/lib/core/clock";
import { SharedReads } from "./shared-read";

/** Older than this no answer is given in place of a new one. */
const MAX_AGE_MS = 15_000;

type Known = { answer: unknown; at: number };

/**
 * Shared reads of what is worked out from several calls. While those take long, for want of budget or because AWS
 * throttles, whoever polls gets the answer before: a page goes on showing what it knows, and the news with its next poll.
 */
export class SharedAnswers {
  private readonly reads: SharedReads;
  private known = new Map<string, Known>();

  constructor(
    private readonly clock: Clock,
    private readonly patienceMs: number,
  ) {
    this.reads = new SharedReads(clock);
  }

  share<Answer>(
    question: string,
    freshForMs: number | ((answer: Answer) => number),
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const before = this.known.get(question);
    const answer = this.reads.read(question, freshForMs, () => this.workOut(question, work));
    const age = before ? this.clock.now() - before.at : Number.POSITIVE_INFINITY;
    if (!before || age < 0 || age > MAX_AGE_MS || this.patienceMs === Number.POSITIVE_INFINITY) return answer;
    return orAfter(this.patienceMs, answer, before.answer as Answer);
  }

  /** After a write: nothing from before it is given, also when it is still being worked out. */
  forget(): void {
    this.reads.forget();
    this.known = new Map();
  }

  private async workOut<Answer>(question: string, work: () => Promise<Answer>): Promise<Answer> {
    const { known } = this;
    const answer = await work();
    known.delete(question);
    known.set(question, { answer, at: this.clock.now() });
    this.makeRoom();
    return answer;
  }

  private makeRoom(): void {
    const now = this.clock.now();
    for (const [question, { at }] of this.known) {
      if (now - at <= MAX_AGE_MS) return;
      this.known.delete(question);
    }
  }
}

function orAfter<Answer>(ms: number, answer: Promise<Answer>, before: Answer): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(before), ms);
  });
  return Promise.race([answer, waited]).finally(() => clearTimeout(timer));
}
