import "server-only";
import { systemClock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { processSingleton } from "@/lib/core/process-singleton";
import { logger } from "@/lib/telemetry/logger";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { KeptLogs } from "../kept/kept-logs";
import { allowedLogReads } from "./allowed-rate";
import { cloudWatchLogSource } from "./cloudwatch-log-source";
import type { LogPlace } from "./log-source";
import { SharedTail } from "./shared-tail";
import { PollTurns } from "./tail-pace";

/** Logs that nobody looks at stay in memory up to this much, for those who come back. */
const MAX_IDLE_BYTES = 128 * 1024 * 1024;
const MAX_IDLE_TAILS = 50;
/** Logs that somebody follows or downloads are held as a whole: beyond this no other one is opened. */
const MAX_WATCHED_BYTES = 512 * 1024 * 1024;

type TailContext = Pick<UseCaseContext, "aws" | "target" | "clock" | "database">;
type Room = { tails: Map<string, Promise<SharedTail>>; turns: Map<string, PollTurns> };
const room = () => processSingleton<Room>("build-log-tails", () => ({ tails: new Map(), turns: new Map() }));

type Keeping = { isKept: boolean };

/** The tail of a build's stream that all its viewers in this process share. `isKept`: it is stored once complete. Throws `too-many-requests`. */
export async function openTail(
  ctx: TailContext,
  place: LogPlace,
  imageArn: string,
  keeping: Keeping,
): Promise<SharedTail> {
  const { tails } = room();
  const key = [ctx.target.id, place.group, place.stream, imageArn].join("\n");
  if (!tails.has(key)) await checkRoom(tails);
  const tail = tails.get(key) ?? makeTail(ctx, place, imageArn, keeping);
  // Set again, so that the one longest unused is the first to go.
  tails.delete(key);
  tails.set(key, tail);
  const opened = await tail;
  await dropIdle(tails, tail);
  return opened;
}

/** Throws `too-many-requests` when the logs that are open fill the memory there is for them. */
async function checkRoom(tails: Room["tails"]): Promise<void> {
  const opened = await Promise.allSettled(tails.values());
  const watched = opened.flatMap((each) =>
    each.status === "fulfilled" && each.value.isWatched ? each.value.size : [],
  );
  if (watched.reduce((sum, size) => sum + size, 0) <= MAX_WATCHED_BYTES) return;
  throw new ConsoleFailure({
    code: "too-many-requests",
    message: "Too many logs are open. Try again when some are closed.",
  });
}

async function makeTail(
  ctx: TailContext,
  place: LogPlace,
  imageArn: string,
  { isKept }: Keeping,
): Promise<SharedTail> {
  const { aws, target, clock, database } = ctx;
  const { turns } = room();
  const turnsOfTarget = turns.get(target.id) ?? turnsWithin(allowedLogReads(aws));
  turns.set(target.id, turnsOfTarget);
  const logs = new KeptLogs(database);
  const keptKey = { targetId: target.id, imageArn };
  // CloudWatch has the log too: a database that is away, or fails, must not keep anyone from reading.
  const kept = isKept ? await logs.load(keptKey).catch(() => undefined) : undefined;
  return new SharedTail({
    source: cloudWatchLogSource(aws, place, imageArn),
    turns: turnsOfTarget,
    now: clock.now,
    wait: systemClock.sleep,
    random: Math.random,
    kept,
    onComplete: (record) => {
      if (!isKept) return;
      logs
        .save(keptKey, record, new Date(clock.now()))
        .catch((error: unknown) => logger().warn({ err: error, imageArn }, "the log could not be kept"));
    },
  });
}

/** Begins at the lowest rate that any account has; what AWS says holds as soon as it is known. */
function turnsWithin(allowed: Promise<number | undefined>): PollTurns {
  const turns = new PollTurns();
  void allowed.then((perSecond) => perSecond && turns.keepWithin(perSecond));
  return turns;
}

async function dropIdle(tails: Room["tails"], current: Promise<SharedTail>): Promise<void> {
  const others = [...tails].filter(([, tail]) => tail !== current);
  const opened = await Promise.all(others.map(async ([key, tail]) => ({ key, tail: await tail })));
  const idle = opened.filter(({ tail }) => !tail.isWatched);
  let held = idle.reduce((sum, { tail }) => sum + tail.size, 0);
  for (const [index, { key, tail }] of idle.entries()) {
    if (held <= MAX_IDLE_BYTES && idle.length - index <= MAX_IDLE_TAILS) return;
    tails.delete(key);
    held -= tail.size;
  }
}
