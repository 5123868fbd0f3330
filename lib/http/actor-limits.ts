import "server-only";
import { systemClock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { processSingleton } from "@/lib/core/process-singleton";
import { type RateLimit, RateLimiter } from "./rate-limiter";

/** Far above what a person with many tabs needs, far below what harms the console or uses up AWS's rates. */
const LIMITS = {
  read: { perSecond: 40, burst: 600 },
  write: { perSecond: 2, burst: 40 },
  file: { perSecond: 0.5, burst: 20 },
  stream: { perSecond: 5, burst: 60 },
} satisfies Record<string, RateLimit>;

type RequestKind = keyof typeof LIMITS;

const limiters = () =>
  processSingleton("actor-limits", () => ({
    read: new RateLimiter(LIMITS.read, systemClock),
    write: new RateLimiter(LIMITS.write, systemClock),
    file: new RateLimiter(LIMITS.file, systemClock),
    stream: new RateLimiter(LIMITS.stream, systemClock),
  }));

/** Counts a request of a person. Throws `too-many-requests` with the time to wait. */
export function countRequest(actorId: string, kind: RequestKind): void {
  const waitSeconds = limiters()[kind].take(actorId);
  if (waitSeconds === undefined) return;
  throw new ConsoleFailure({
    code: "too-many-requests",
    message: `Too many requests. Try again in ${waitSeconds} s.`,
  });
}

/** Streams that one person may have open: one a tab, and a few that are about to close. */
const MAX_STREAMS = 40;
const openStreams = () => processSingleton("open-streams", () => new Map<string, number>());

/** Holds a place for a stream until `leave` is called. Throws `too-many-requests` when all are taken. */
export function holdStream(actorId: string): { leave(): void } {
  const streams = openStreams();
  const count = streams.get(actorId) ?? 0;
  if (count >= MAX_STREAMS) {
    throw new ConsoleFailure({
      code: "too-many-requests",
      message: `You have ${MAX_STREAMS} logs and downloads open. Close one to open another.`,
    });
  }
  streams.set(actorId, count + 1);
  let isHeld = true;
  return {
    leave() {
      if (!isHeld) return;
      isHeld = false;
      const left = (streams.get(actorId) ?? 1) - 1;
      if (left > 0) streams.set(actorId, left);
      else streams.delete(actorId);
    },
  };
}
