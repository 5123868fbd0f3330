import { beforeEach, describe, expect, it } from "vitest";
import { LogStore } from "@/lib/build-log/reader/log-store";
import { StoredLogParser } from "@/lib/build-log/reader/parse-stored-log";
import { type LogMatches, type LogQuery, searchLog } from "@/lib/build-log/reader/search-log";
import type { BuildLogState } from "@/lib/build-log/types";
import { type LogSnapshot, snapshotOfHead } from "./log-client";
import { actOfKey, LOG_KEYS, type ReaderAct } from "./log-keys";
import { LogReader, type LogSource } from "./log-reader";

/** What the worker does, in this thread: a real store, parser and search; only the messages between are left out. */
class SourceInThread implements LogSource {
  private readonly store = new LogStore();
  private readonly parser = new StoredLogParser(this.store);
  private readonly listeners = new Set<() => void>();
  private snapshot: LogSnapshot = snapshotOfHead(undefined);
  private query: LogQuery | undefined;
  readonly wanted: number[] = [];

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = () => this.snapshot;
  readonly line = (line: number) => this.store.line(line);
  readonly want = (lines: number[]) => void this.wanted.push(...lines);
  readonly text = async (first: number, last: number) => this.store.text(first, last);
  search = (query: LogQuery) => {
    this.query = query;
    this.tell({});
  };

  append(lines: string[], phase: BuildLogState["phase"]) {
    this.store.appendText(
      lines.map((line) => `${line}\n`).join(""),
      lines.map((_, index) => index + 1),
    );
    while (this.parser.advance(1_000));
    // A message between threads copies what it carries.
    const tree = structuredClone(this.parser.tree);
    const { lineCount, byteCount } = this.store;
    this.tell({ tree, lineCount, byteCount, isParsed: true, state: { phase } });
  }

  private tell(summary: Partial<LogSnapshot>) {
    this.snapshot = { ...this.snapshot, ...summary, search: this.searched() };
    for (const listener of this.listeners) listener();
  }

  private searched(): LogSnapshot["search"] {
    const { query } = this;
    if (!query?.text) return undefined;
    let matches: LogMatches = { count: 0, lines: new Uint32Array() };
    for (const { read } of searchLog(this.store, query)) matches = read();
    return { query, matches, isComplete: true };
  }
}

const LOG = [
  "Started step ApplyBuildComponents with action ExecuteComponents", // 0
  "Document arn:aws:imagebuilder:us-east-1:111111111111:component/web/1.0.0/1", // 1
  "Phase build", // 2
  "Step One", // 3
  "Stdout: a needle", // 4
  "Waiting for the update. Attempt number: 1.", // 5
  "Waiting for the update. Attempt number: 2.", // 6
  "CmdExecution: ExitCode 0", // 7
  "Step Two", // 8
  "Stdout: another needle", // 9
  "CmdExecution: Stderr: No space left", // 10
  "CmdExecution: ExitCode 1", // 11
  "Step Three", // 12
  "CmdExecution: ExitCode 1", // 13
  "TOE has completed execution with failure - Execution failed!", // 14
];
const FAILED_AT = 10;
const query = (text: string): LogQuery => ({ text, isRegex: false, matchCase: false });

let source: SourceInThread;
let reader: LogReader;
let addresses: string[];
/** The line that is put in view, from 0, or the first one behind the row that is. */
const lineInView = () => {
  const { place, layout } = reader.read();
  const row = place && layout.row(place.row);
  if (!row) return undefined;
  return row.kind === "line" ? row.line : row.kind === "poll" ? row.poll.firstLine : row.node.firstLine;
};
const namesOfFolded = () =>
  reader.read().steps.flatMap(({ id, name }) => (reader.read().folded.has(id) ? [name] : []));
const rowOf = (line: number) => {
  const { layout } = reader.read();
  const row = layout.row(layout.rowOf(line));
  if (!row) throw new Error(`No row shows line ${line}.`);
  return row;
};
/** A reader of the whole log, at the place that the address names. */
const openAt = (hash: string, phase: BuildLogState["phase"] = "ended") => {
  source.append(LOG, phase);
  return reader.attach(source, hash);
};

beforeEach(() => {
  source = new SourceInThread();
  addresses = [];
  reader = new LogReader(undefined, (hash) => addresses.push(hash));
});

describe("where a log is opened", () => {
  it("is the first failure of one that has ended, with the steps that succeeded folded", () => {
    openAt("");
    expect(lineInView()).toBe(FAILED_AT);
    expect(namesOfFolded()).toEqual(["One"]);
    expect(reader.read().isFollowing).toBe(false);
  });

  it("is the place that the address names, also when it is folded or its lines come later", () => {
    reader.attach(source, "#L5-L6");
    source.append(LOG.slice(0, 3), "live");
    expect(reader.read().place).toBeUndefined();
    source.append(LOG.slice(3), "ended");
    expect(lineInView()).toBe(4);
    expect(reader.read().range).toEqual({ first: 5, last: 6 });
    expect(namesOfFolded()).toEqual([]);
  });

  it("is the end of one that grows, and the failure once it has ended", () => {
    reader.attach(source, "");
    source.append(LOG.slice(0, 8), "live");
    expect([reader.read().isFollowing, reader.read().place]).toEqual([true, undefined]);
    source.append(LOG.slice(8), "ended");
    expect(lineInView()).toBe(FAILED_AT);
  });

  it("does not take a reader away who has chosen a line", () => {
    reader.attach(source, "");
    source.append(LOG.slice(0, 8), "live");
    reader.chooseLine(5, false);
    expect(reader.read().place).toBeUndefined();
    source.append(LOG.slice(8), "ended");
    expect(reader.read().place).toBeUndefined();
  });

  it("is shown once: what comes later, and a second attachment, move nothing", () => {
    const leave = openAt("");
    const { place } = reader.read();
    source.append(["Step Four", "CmdExecution: ExitCode 1"], "ended");
    leave();
    reader.attach(source, "");
    expect(reader.read().place).toBe(place);
  });
});

describe("folding", () => {
  it("hides the lines of a step behind its header, and shows them again", () => {
    openAt("");
    const all = reader.read().layout.rowCount;
    reader.toggle(rowOf(8));
    expect(namesOfFolded()).toEqual(["One", "Two"]);
    expect(reader.read().layout.rowCount).toBe(all - 3);
    reader.toggle(rowOf(8));
    expect(reader.read().layout.rowCount).toBe(all);
  });

  it("opens a wait that stands for several lines", () => {
    openAt("#L1");
    expect(rowOf(6).kind).toBe("poll");
    const { rowCount } = reader.read().layout;
    reader.toggle(rowOf(6));
    expect([rowOf(6), reader.read().layout.rowCount]).toEqual([{ kind: "line", line: 6 }, rowCount + 1]);
  });

  it("gives way to a line that is to be seen, of its step alone", () => {
    openAt("#L1");
    reader.act("fold");
    expect(namesOfFolded()).toEqual(["One", "Two", "Three"]);
    reader.followAddress("#L10");
    expect([lineInView(), namesOfFolded()]).toEqual([9, ["One", "Three"]]);
  });

  it("is of all steps or of none by its key", () => {
    openAt("#L1");
    reader.act("fold");
    reader.act("fold");
    expect(namesOfFolded()).toEqual([]);
  });
});

describe("searching", () => {
  it("jumps to the first match once, and to no line that comes later", () => {
    openAt("#L1");
    reader.setQuery(query("needle"));
    expect([lineInView(), [...Array.from(reader.read().matchLines)]]).toEqual([4, [4, 9]]);
    const { place } = reader.read();
    source.append(["Stdout: one more needle"], "live");
    expect(reader.read().matchLines).toHaveLength(3);
    expect(reader.read().place).toBe(place);
  });

  it("goes from match to match, round the ends, and begins anew with another query", () => {
    openAt("#L1");
    reader.setQuery(query("needle"));
    const walk = (act: ReaderAct) => {
      reader.act(act);
      return lineInView();
    };
    expect([walk("next-match"), walk("next-match"), walk("previous-match")]).toEqual([9, 4, 9]);
    reader.setQuery(query("another"));
    expect([reader.read().currentMatch, lineInView()]).toEqual([0, 9]);
  });

  it("never shows for one query what was found for another", () => {
    openAt("#L1");
    reader.setQuery(query("needle"));
    source.search = () => undefined;
    reader.setQuery(query("space"));
    expect(reader.read().found).toBeUndefined();
    expect(reader.read().matchLines).toHaveLength(0);
  });

  it("of nothing moves nobody", () => {
    openAt("#L1");
    reader.setQuery(query("nowhere in here"));
    reader.act("next-match");
    expect(lineInView()).toBe(0);
  });
});

describe("keys", () => {
  it("walk the errors, name each in the address, and go round", () => {
    openAt("#L1");
    for (const act of ["next-error", "next-error", "next-error", "previous-error"] as const) reader.act(act);
    expect(addresses).toEqual(["#L11", "#L14", "#L11", "#L14"]);
  });

  it("walk the steps from the one at the eye", () => {
    openAt("#L1");
    reader.lookAt(5);
    reader.act("next-step");
    expect(lineInView()).toBe(8);
    reader.lookAt(9);
    reader.act("previous-step");
    expect(lineInView()).toBe(3);
  });

  it("go through all ways to tell the time, and wrap, follow and help", () => {
    openAt("#L1", "live");
    const times = Array.from({ length: 4 }, () => {
      reader.act("times");
      return reader.read().times;
    });
    expect(times).toEqual(["none", "relative", "UTC", "local"]);
    reader.act("wrap");
    reader.act("follow");
    reader.act("help");
    const { isWrapped, isFollowing, showsKeys } = reader.read();
    expect([isWrapped, isFollowing, showsKeys]).toEqual([true, true, true]);
  });

  it("are told from typing and from the browser's own", () => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false };
    for (const { key, act } of LOG_KEYS) {
      expect(actOfKey({ ...plain, key }, false)).toBe(act);
      expect(actOfKey({ ...plain, key }, true)).toBeUndefined();
      for (const held of ["ctrlKey", "metaKey", "altKey"])
        expect(actOfKey({ ...plain, [held]: true, key }, false)).toBeUndefined();
    }
    expect(actOfKey({ ...plain, key: "x" }, false)).toBeUndefined();
    expect(new Set(LOG_KEYS.map(({ key }) => key)).size).toBe(LOG_KEYS.length);
  });
});

describe("following", () => {
  it("stops by whatever leads elsewhere", () => {
    const ways = [
      () => reader.followAddress("#L2"),
      () => reader.goToRange({ first: 2, last: 3 }),
      () => reader.act("next-step"),
      () => reader.setQuery(query("needle")),
      () => reader.toggle(rowOf(8)),
      () => reader.act("follow"),
    ];
    openAt("#L1", "live");
    for (const way of ways) {
      reader.setFollowing(true);
      way();
      expect(reader.read().isFollowing).toBe(false);
    }
  });

  it("is not offered of a log that is over or was kept", () => {
    openAt("", "live");
    expect(reader.read().canFollow).toBe(true);
    source.append([], "ended");
    expect(reader.read().canFollow).toBe(false);
    const { tree } = reader.read().log;
    const kept = new LogReader({ parts: 1, lines: [{ text: "a", time: 1 }], tree }, () => undefined);
    expect(kept.read().canFollow).toBe(false);
  });
});

describe("choosing lines", () => {
  it("makes a range from a line to another, in their order, and names it in the address", () => {
    openAt("#L1");
    reader.chooseLine(9, false);
    reader.chooseLine(5, true);
    expect([reader.read().range, addresses]).toEqual([{ first: 5, last: 9 }, ["#L9", "#L5-L9"]]);
  });

  it("takes of a typed range what there is", () => {
    openAt("#L1");
    reader.goToRange({ first: 13, last: 9_000 });
    expect([lineInView(), addresses]).toEqual([12, ["#L13-L15"]]);
    reader.goToRange({ first: 8_000, last: 9_000 });
    expect([lineInView(), addresses.at(-1)]).toEqual([14, "#L15"]);
  });

  it("says what is copied: the chosen lines, else all", async () => {
    openAt("");
    expect(await reader.textToCopy()).toBe(LOG.map((line) => `${line}\n`).join(""));
    reader.goToRange({ first: 4, last: 5 });
    expect(await reader.textToCopy()).toBe(`${LOG[3]}\n${LOG[4]}\n`);
  });
});

describe("the page before it has come to life", () => {
  it("shows how the log begins, and keeps it when the browser takes over", () => {
    source.append(LOG, "ended");
    const { tree } = source.read();
    const head = { parts: 2, lines: LOG.slice(0, 4).map((text) => ({ text, time: 1 })), tree };
    const kept = new LogReader(head, () => undefined);
    expect(kept.read()).toBe(kept.readStart());
    expect([kept.read().isAlive, kept.read().log.lineCount, kept.lineOf(3)?.text]).toEqual([
      false,
      4,
      "Step One",
    ]);
    kept.attach(source, "");
    expect([kept.read().isAlive, kept.lineOf(9)?.text]).toEqual([true, LOG[9]]);
  });

  it("tells its listeners of every change, and none that has left", () => {
    openAt("#L1");
    let heard = 0;
    const leave = reader.subscribe(() => heard++);
    reader.setFilter("stderr");
    expect([heard, reader.read().layout.rowCount]).toEqual([1, 1]);
    leave();
    reader.setFilter("");
    expect(heard).toBe(1);
  });

  it("keeps what did not change, so that nothing is worked out or drawn twice", () => {
    openAt("#L1");
    const before = reader.read();
    reader.setTimes("UTC");
    const { layout, errors } = reader.read();
    expect(layout).toBe(before.layout);
    expect(errors).toBe(before.errors);
    reader.lookAt(5);
    const looked = reader.read();
    reader.lookAt(4);
    expect(reader.read()).toBe(looked);
  });
});
