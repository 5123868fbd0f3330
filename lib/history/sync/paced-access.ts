import "server-only";
import type { AwsAccess, AwsService } from "@/lib/aws/types";
import type { Clock } from "@/lib/core/clock";
import { TokenBucket } from "@/lib/core/token-bucket";

/** Calls that were not made while rows were written are made up for, this far back. */
const CATCH_UP_MS = 5_000;

/**
 * Lets one call through every so often, in order of asking: what the sync may spend, so that pages never wait for
 * it. From its first call on it never lets more through than its rate allows on the whole.
 */
export class Pacer {
  private readonly bucket: TokenBucket;
  /** Calls let through so far. */
  calls = 0;
  private isStopped = false;

  constructor(
    readonly ratePerSecond: number,
    private readonly clock: Clock,
  ) {
    const burst = 1 + (CATCH_UP_MS / 1000) * ratePerSecond;
    this.bucket = new TokenBucket({ ratePerSecond, burst, atFirst: 1 }, clock);
  }

  async take(): Promise<void> {
    const waitMs = this.bucket.waitMs();
    this.bucket.take();
    this.calls++;
    if (waitMs > 0) await this.clock.sleep(waitMs);
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
      return aws.imageBuilder.read(command, { ...options, freshForMs: 0, background: true });
    },
    write: (command, options) => aws.imageBuilder.write(command, options),
  };
  return { ...aws, imageBuilder, share: (_question, _freshForMs, work) => work() };
}
