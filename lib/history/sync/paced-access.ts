import "server-only";
import type { AwsAccess, AwsService } from "@/lib/aws/types";
import type { Clock } from "@/lib/core/clock";

/** Calls that were not made while rows were written are made up for, this far back. */
const CATCH_UP_MS = 5_000;

/**
 * Lets one call through every so often, in order of asking: what the sync may spend, so that pages never wait for
 * it. From its first call on it never lets more through than its rate allows on the whole.
 */
export class Pacer {
  private nextAt: number | undefined;
  /** Calls let through so far. */
  calls = 0;
  private isStopped = false;

  constructor(
    readonly ratePerSecond: number,
    private readonly clock: Clock,
  ) {}

  async take(): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(this.nextAt ?? now, now - CATCH_UP_MS);
    this.nextAt = at + 1000 / this.ratePerSecond;
    this.calls++;
    if (at > now) await this.clock.sleep(at - now);
    if (this.isStopped) throw new Error("The sync was stopped.");
  }

  /** Lets nothing through any more: who waits, or asks later, gets an error. */
  stop(): void {
    this.isStopped = true;
  }
}

/** The same AWS at the sync's pace. Answers are not held for others: nobody looks at most of these builds. */
export function pacedAccess(aws: AwsAccess, pacer: Pacer): AwsAccess {
  const imageBuilder: AwsService = {
    read: async (command, options) => {
      await pacer.take();
      return aws.imageBuilder.read(command, { ...options, freshForMs: 0 });
    },
    write: (command, options) => aws.imageBuilder.write(command, options),
  };
  return { ...aws, imageBuilder, share: (_question, _freshForMs, work) => work() };
}
