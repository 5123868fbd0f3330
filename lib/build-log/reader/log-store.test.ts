import { describe, expect, it } from "vitest";
import { displayLine, markMatches, toSpans } from "../outline/display-line";
import { LogLayout } from "../outline/log-layout";
import { parseLog } from "../parser/log-parser";
import { readEventStream } from "../stream/event-stream-reader";
import { LogStore } from "./log-store";
import { StoredLogParser } from "./parse-stored-log";
import { type LogQuery, searchLog } from "./search-log";

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const WORDS = [
  "Stdout: ",
  "Step A",
  "빌드 완료",
  "CmdExecution: Stderr: x",
  "  Step: A",
  "é",
  "",
  "1768999985067,x",
  "plain",
];
const anyLines = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from(
    { length: count },
    () => `${WORDS[Math.floor(next() * WORDS.length)]}${next() < 0.5 ? next() : ""}`,
  );
};
const fill = (lines: string[], cut = 7) => {
  const store = new LogStore();
  for (let from = 0; from < lines.length; from += cut) {
    const batch = lines.slice(from, from + cut);
    store.appendText(
      batch.map((line) => `${line}\n`).join(""),
      batch.map((_, index) => from + index + 1),
    );
  }
  return store;
};

describe("LogStore", () => {
  it("gives every line and time back, however they were cut", () => {
    for (const cut of [1, 3, 1_000, 40_000]) {
      const lines = anyLines(cut, 40_000);
      const store = fill(lines, cut);
      expect(store.lineCount).toBe(lines.length);
      for (let line = 0; line < lines.length; line += 97) {
        expect(store.line(line)).toEqual({ text: lines[line], time: line + 1 });
      }
      expect(store.text(5, 39_990)).toBe(
        lines
          .slice(5, 39_991)
          .map((line) => `${line}\n`)
          .join(""),
      );
      expect(store.line(lines.length)).toBeUndefined();
    }
  });

  it("takes over the parts of a kept log, whose events may have several lines", () => {
    const store = new LogStore();
    const part = (...events: [time: number, message: string][]) => {
      const bytes = new TextEncoder();
      const lengths = events.flatMap(([time, message]) => [time, bytes.encode(message).length]);
      const text = bytes.encode(events.map(([, message]) => message).join(""));
      store.adopt(text, Float64Array.from(lengths));
    };
    part([1, "one\n"], [2, "빌드\n\nthree\n"], [3, "\n"]);
    part([4, "last\n"]);
    expect(Array.from({ length: 7 }, (_, line) => store.line(line))).toEqual([
      { text: "one", time: 1 },
      { text: "빌드", time: 2 },
      { text: "", time: 2 },
      { text: "three", time: 2 },
      { text: "", time: 3 },
      { text: "last", time: 4 },
      undefined,
    ]);
    expect(store.text(0, 5)).toBe("one\n빌드\n\nthree\n\nlast\n");
  });

  it("holds a line longer than any of its segments", () => {
    const long = "x".repeat(3_000_000);
    const store = fill(["before", long, "after"], 2);
    expect([store.line(0)?.text, store.line(1)?.text.length, store.line(2)?.text]).toEqual([
      "before",
      3_000_000,
      "after",
    ]);
  });
});

describe("searchLog", () => {
  const query = (text: string, options: Partial<LogQuery> = {}) => ({
    text,
    isRegex: false,
    matchCase: true,
    ...options,
  });
  const search = (store: LogStore, asked: LogQuery) => [...searchLog(store, asked)].at(-1)?.read();

  it.each([
    [query("Step"), /Step/g],
    [query("step", { matchCase: false }), /step/gi],
    [query("완료"), /완료/g],
    [query("빌드", { matchCase: false }), /빌드/gi],
    [query("^Step A.*$", { isRegex: true }), /^Step A.*$/g],
    [query("0\\.[12]\\d+", { isRegex: true }), /0\.[12]\d+/g],
    [query("[é빌]", { isRegex: true }), /[é빌]/g],
    [query("a.b(", {}), /a\.b\(/g],
    [query("t", {}), /t/g],
    [query("TT", { matchCase: false }), /tt/gi],
    [query("error: ".repeat(60), { matchCase: false }), new RegExp("error: ".repeat(60), "gi")],
  ])("finds all matches of %o and their lines", (asked, pattern) => {
    const lines = anyLines(11, 30_000);
    const expected = lines.flatMap((line, index) => [...line.matchAll(pattern)].map(() => index));
    const matches = search(fill(lines, 500), asked);
    expect(matches?.count).toBe(expected.length);
    expect([...(matches?.lines ?? [])]).toEqual([...new Set(expected)]);
  });

  it.each([
    ["a[^x]*", [0, 1, 2, 3], 4],
    ["b\\s+c", [2], 1],
    ["a$", [1, 3], 2],
  ])("lets no match of %s span two lines", (text, lines, count) => {
    const found = search(fill(["a b", "c a", "ab c", "caa", "x"]), query(text, { isRegex: true }));
    expect([[...(found?.lines ?? [])], found?.count]).toEqual([lines, count]);
  });

  it("throws for what is no regular expression", () => {
    expect(() => search(fill(["a"]), query("(", { isRegex: true }))).toThrow(SyntaxError);
  });
});

describe("StoredLogParser", () => {
  it("says the same of bytes as the parser says of text", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const lines = anyLines(seed, 120);
      const parser = new StoredLogParser(fill(lines));
      while (parser.advance(7));
      const whole = parseLog(
        lines.map((line) => `${line}\n`).join(""),
        lines.map((_, index) => index + 1),
      );
      expect(parser.tree).toEqual(whole);
    }
  });
});

describe("LogLayout", () => {
  const tree = parseLog(
    [
      "before",
      ...["Step One", "Stdout: a", "CmdExecution: ExitCode 0"],
      ...["Step Two", "Stdout: b", "CmdExecution: ExitCode 0"],
      ...["Waiting for x. Attempt number: 1.", "Waiting for x. Attempt number: 2.", "after"],
    ].join("\n"),
  );
  const draw = (layout: LogLayout) =>
    Array.from({ length: layout.rowCount }, (_, index) => {
      const row = layout.row(index);
      return row?.kind === "line" ? row.line : row?.kind === "header" ? row.node.name : "poll";
    });
  const none: ReadonlySet<number> = new Set();

  it("shows each line once, with a header for a step and one row for a wait", () => {
    const layout = new LogLayout(tree, { folded: none, openPolls: none });
    expect(draw(layout)).toEqual([0, "One", 2, 3, "Two", 5, 6, "poll", 9]);
    expect([0, 2, 5, 8, 9].map((line) => layout.rowOf(line))).toEqual([0, 2, 5, 7, 8]);
  });

  it("hides the lines of a folded step, and shows those of an opened wait", () => {
    const layout = new LogLayout(tree, { folded: new Set([0]), openPolls: new Set([7]) });
    expect(draw(layout)).toEqual([0, "One", "Two", 5, 6, 7, 8, 9]);
    expect(layout.rowOf(2)).toBe(1);
  });

  it("shows only the lines asked for", () => {
    const layout = new LogLayout(tree, {
      folded: none,
      openPolls: none,
      only: [
        [2, 3],
        [9, 9],
      ],
    });
    expect(draw(layout)).toEqual([2, 3, 9]);
  });
});

describe("a line on the page", () => {
  const shown = (raw: string) => displayLine(raw, { isStderr: false, showAll: false });
  const text = (raw: string) =>
    shown(raw)
      .spans.map((span) => span.text)
      .join("");

  it("shows what a terminal would show of carriage returns and control sequences", () => {
    expect(text("Stdout: 10%\r50%\r100%")).toBe("100%");
    expect(text("Stdout: done\r")).toBe("done");
    expect(text("a\u001b[2Kb\u001b]0;title\u0007c")).toBe("abc");
    expect(toSpans("\u001b[1;31mbad\u001b[0m ok\u001b[38;5;9mx")).toEqual([
      { text: "bad", style: "ansi-red ansi-bold" },
      { text: " ok", style: "" },
      { text: "x", style: "" },
    ]);
  });

  it("leaves markup as the text it is", () => {
    expect(text("Stdout: <img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>");
  });

  it("cuts a very long line until all of it is asked for", () => {
    const raw = "x".repeat(5_000);
    expect(shown(raw).hiddenCharacters).toBe(3_000);
    expect(displayLine(raw, { isStderr: false, showAll: true }).hiddenCharacters).toBe(0);
  });

  it("marks what a search hits, and loses no character", () => {
    const marked = markMatches([{ text: "abcabc", style: "s" }], /b/g);
    expect(marked.map((span) => span.text).join("")).toBe("abcabc");
    expect(marked.filter(({ isMatch }) => isMatch)).toHaveLength(2);
  });
});

describe("readEventStream", () => {
  it("reads the same events wherever the bytes are cut, whatever ends a line, with a byte order mark or without", async () => {
    const text =
      ': open\n\nevent: lines\nid: 3-x\ndata: {"text":"빌드\\n"}\n\n: beat\n\nevent: end\ndata: {}\n\n';
    const forms = [text, text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r"), `\ufeff${text}`];
    for (const bytes of forms.map((form) => new TextEncoder().encode(form))) {
      for (let size = 1; size < bytes.length; size++) {
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
            controller.close();
          },
        });
        const events = [];
        for await (const event of readEventStream(stream)) events.push(event);
        expect(events).toEqual([
          { event: "lines", id: "3-x", data: '{"text":"빌드\\n"}' },
          { event: "end", id: undefined, data: "{}" },
        ]);
      }
    }
  });
});
