import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { shareOf } from "@/lib/core/actor";
import { MINUTE_MS } from "@/lib/core/time";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { authorizeLog, openBuildLog } from "./open-build-log";
import type { LogTree } from "./parser/types";
import { LogStore } from "./reader/log-store";
import { StoredLogParser } from "./reader/parse-stored-log";
import { LOG_START } from "./tail/log-chunk";
import { wholeLogs } from "./whole-logs";

/** A log that is read and parsed: its tree, and each line by its number from 0. */
export type WholeLog = {
  tree: LogTree;
  line: (number: number) => string;
  store: LogStore;
  /** It will not change any more. */
  isComplete: boolean;
};

const SETTLED_AFTER_MS = 15 * MINUTE_MS;

type LoggedBuild = Pick<ImageBuild, "log" | "arn" | "endedAt">;

/**
 * Calls `work` with what there is of a build's log by now, undefined where there is none. Whoever works on the same log
 * at the same time shares one copy, which must not be changed. Throws `too-many-requests` beyond the room for this.
 */
export async function withWholeLog<Value>(
  ctx: UseCaseContext,
  build: LoggedBuild,
  work: (log: WholeLog | undefined) => Promise<Value> | Value,
): Promise<Value> {
  // A copy that somebody else had read is no way around one's own grants.
  await authorizeLog(ctx, build);
  const { log, arn, endedAt } = build;
  const key = [ctx.target.id, log.group, log.stream, arn].join("\n");
  return wholeLogs().use(
    { key, person: shareOf(ctx.actor), isFinal: endedAt !== undefined },
    (hold) => readWholeLog(ctx, build, hold),
    work,
  );
}

async function readWholeLog(
  ctx: UseCaseContext,
  build: LoggedBuild,
  hold: (bytes: number) => void,
): Promise<WholeLog | undefined> {
  const store = new LogStore();
  const leaving = new AbortController();
  const tail = await openBuildLog(ctx, build);
  let isComplete = false;
  for await (const message of tail.follow(LOG_START, leaving.signal)) {
    if (message.kind === "lines") {
      store.appendText(message.batch.text, message.batch.times);
      hold(store.byteCount);
      // A log that is held already comes without a pause: others must be answered in between.
      await nextTurn();
    } else if (message.kind === "reset") store.clear();
    else if (message.kind === "state" && message.state.phase !== "opening") {
      isComplete =
        message.state.phase === "ended" || (message.state.phase === "live" && isSettled(ctx, build));
      break;
    }
  }
  leaving.abort();
  const parser = new StoredLogParser(store);
  while (parser.advance(10_000)) await nextTurn();
  if (store.lineCount === 0) return undefined;
  return { tree: parser.tree, line: (number) => store.line(number)?.text ?? "", store, isComplete };
}

/** Late lines come within minutes of the end. */
const isSettled = ({ clock }: UseCaseContext, { endedAt }: LoggedBuild): boolean =>
  endedAt !== undefined && clock.now() - Date.parse(endedAt) > SETTLED_AFTER_MS;
