import "server-only";
import type { Clock } from "@/lib/core/clock";

/** A call that somebody waits for and AWS has not answered. */
export type UnansweredCall = {
  /** `imagebuilder`, as in `ServiceName`. */
  service: string;
  waitedMs: number;
  /** From 1: which sending of the call this is. */
  attempt: number;
};

/** The calls of one target that are under way, for pages that say what they wait for. */
export class UnansweredCalls {
  private readonly calls = new Set<{ service: string; since: number; attempt: number }>();

  constructor(private readonly clock: Clock) {}

  /** Runs `work`; it calls `tried` before each sending. */
  async during<Output>(service: string, work: (tried: () => void) => Promise<Output>): Promise<Output> {
    const call = { service, since: this.clock.now(), attempt: 0 };
    this.calls.add(call);
    try {
      return await work(() => {
        call.attempt += 1;
      });
    } finally {
      this.calls.delete(call);
    }
  }

  /** The one that takes longest, of those that take longer than `longerThanMs`. */
  slowest(longerThanMs: number): UnansweredCall | undefined {
    const now = this.clock.now();
    const [first] = [...this.calls].toSorted((a, b) => a.since - b.since);
    if (!first || now - first.since <= longerThanMs) return undefined;
    const { service, since, attempt } = first;
    return { service, waitedMs: now - since, attempt: Math.max(1, attempt) };
  }
}
