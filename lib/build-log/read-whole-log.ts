import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openBuildLog } from "./open-build-log";
import type { LogTree } from "./parser/types";
import { LogStore } from "./reader/log-store";
import { StoredLogParser } from "./reader/parse-stored-log";
import { LOG_START } from "./tail/log-chunk";

/** A log that is read and parsed: its tree, and each line by its number from 0. */
export type WholeLog = { tree: LogTree; line: (number: number) => string; store: LogStore };

/** What there is of a build's log by now; undefined where there is none. */
export async function readWholeLog(
  ctx: UseCaseContext,
  build: Pick<ImageBuild, "log" | "arn">,
): Promise<WholeLog | undefined> {
  const store = new LogStore();
  const leaving = new AbortController();
  const tail = await openBuildLog(ctx, build);
  for await (const message of tail.follow(LOG_START, leaving.signal)) {
    if (message.kind === "lines") {
      store.appendText(message.batch.text, message.batch.times);
      // A log that is held already comes without a pause: others must be answered in between.
      await nextTurn();
    } else if (message.kind === "reset") store.clear();
    else if (message.kind === "state" && message.state.phase !== "opening") break;
  }
  leaving.abort();
  const parser = new StoredLogParser(store);
  while (parser.advance(10_000)) await nextTurn();
  if (store.lineCount === 0) return undefined;
  return { tree: parser.tree, line: (number) => store.line(number)?.text ?? "", store };
}
