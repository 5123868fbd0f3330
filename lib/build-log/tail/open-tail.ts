import "server-only";
import type { UseCaseContext } from "@/lib/image-builder/use-case-context";
import { processSingleton } from "@/lib/process-singleton";
import { cloudWatchLogSource } from "./cloudwatch-log-source";
import type { LogPlace } from "./log-source";
import { SharedTail } from "./shared-tail";
import { PollTurns } from "./tail-pace";

/** Logs that nobody looks at stay in memory up to this much, for those who come back. */
const MAX_IDLE_BYTES = 128 * 1024 * 1024;
const MAX_IDLE_TAILS = 50;

type Room = { tails: Map<string, SharedTail>; turns: Map<string, PollTurns> };
const room = () => processSingleton<Room>("build-log-tails", () => ({ tails: new Map(), turns: new Map() }));

/** The tail of a stream that all its viewers in this process share. */
export function openTail(
  { aws, target, clock }: Pick<UseCaseContext, "aws" | "target" | "clock">,
  place: LogPlace,
  imageArn: string,
): SharedTail {
  const { tails, turns } = room();
  const key = [target.id, place.group, place.stream].join("\n");
  const turnsOfTarget = turns.get(target.id) ?? new PollTurns();
  turns.set(target.id, turnsOfTarget);
  const tail =
    tails.get(key) ??
    new SharedTail({
      source: cloudWatchLogSource(aws, place, imageArn),
      turns: turnsOfTarget,
      now: clock.now,
      wait: waitOrAbort,
      random: Math.random,
    });
  // Set again, so that the one longest unused is the first to go.
  tails.delete(key);
  tails.set(key, tail);
  dropIdle(tails, tail);
  return tail;
}

function dropIdle(tails: Map<string, SharedTail>, kept: SharedTail): void {
  const idle = [...tails].filter(([, tail]) => tail !== kept && !tail.isWatched);
  let bytes = idle.reduce((sum, [, tail]) => sum + tail.size, 0);
  for (const [index, [key, tail]] of idle.entries()) {
    if (bytes <= MAX_IDLE_BYTES && idle.length - index <= MAX_IDLE_TAILS) return;
    tails.delete(key);
    bytes -= tail.size;
  }
}

function waitOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
