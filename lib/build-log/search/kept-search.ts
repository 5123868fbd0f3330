import "server-only";
import { shareOf } from "@/lib/core/actor";
import { keyOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { KeptLogs } from "../kept/kept-logs";
import type { LogRecord } from "../tail/log-record";
import { wholeLogs } from "../whole-logs";
import { MOST_HITS } from "./insights-query";
import { shownMessage } from "./shown-message";
import type { LogHit, LogSearchResult, SearchedLines } from "./types";

/** Reads every log this console keeps of the target, the last kept first, until there are enough hits. */
export async function searchKeptLogs(
  { database, target, actor }: Pick<UseCaseContext, "database" | "target" | "actor">,
  { text, fromMs, mayRead, reason }: SearchedLines & { reason: string },
): Promise<LogSearchResult> {
  const logs = new KeptLogs(database);
  const hits: LogHit[] = [];
  for (const imageArn of await logs.list(target.id)) {
    if (hits.length > MOST_HITS) break;
    if (!mayRead(keyOfBuild(imageArn)?.name ?? "")) continue;
    const found = await wholeLogs().use(
      { key: `kept ${target.id} ${imageArn}`, person: shareOf(actor), isFinal: true },
      async (hold) => {
        const record = await logs.load({ targetId: target.id, imageArn });
        hold(record?.size ?? 0);
        return record;
      },
      (record) => (record ? hitsIn(record, imageArn, text) : []),
    );
    hits.push(...found.filter(({ at }) => at >= fromMs));
  }
  return {
    source: "kept",
    reason,
    hits: hits.toSorted((a, b) => b.at - a.at).slice(0, MOST_HITS),
    isCut: hits.length > MOST_HITS,
  };
}

function hitsIn(record: LogRecord, imageArn: string, text: string): LogHit[] {
  const build = keyOfBuild(imageArn);
  const needle = Buffer.from(text);
  const stream = build ? `${build.version}/${build.build}` : "";
  return record.all().flatMap((chunk) => {
    if (!chunk.text.includes(needle)) return [];
    const hits: LogHit[] = [];
    let from = 0;
    let line = chunk.firstLine;
    for (const [event, end] of chunk.ends.entries()) {
      const message = chunk.text.toString("utf8", from, end - 1);
      const lines = message.split("\n");
      const found = lines.findIndex((each) => each.includes(text));
      if (found >= 0) {
        const at = chunk.times[event] ?? 0;
        const hit = { at, message: shownMessage(message, text), group: "", stream, line: line + found + 1 };
        hits.push(build ? { ...hit, build } : hit);
      }
      line += lines.length;
      from = end;
    }
    return hits;
  });
}
