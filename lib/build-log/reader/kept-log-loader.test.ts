import { createServer, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeLogIndex } from "../kept/make-log-index";
import { LogParser } from "../parser/log-parser";
import { packParts } from "../stream/kept-log-stream";
import { LogSession } from "./log-session";
import type { LogQuery } from "./search-log";
import type { LogAnswer } from "./types";

/** The events of each part. */
let kept: string[][] = [];
/** Answers in the console's place while it is set; true when it has. */
let interfere: ((response: ServerResponse, bytes: Buffer) => boolean) | undefined;
let asked: string[] = [];
let origin = "";
/** The test that asks: what an earlier one's session still asks for is not the next one's. */
let run = 0;

const packed = (events: string[]) => ({
  text: gzipSync(events.join("")),
  events: gzipSync(
    Buffer.from(
      Float64Array.from(events.flatMap((each, at) => [1_000 + at, Buffer.byteLength(each)])).buffer,
    ),
  ),
});
const server = createServer(async (request, response) => {
  const [, what = ""] = /\/log(.*)$/.exec(request.url ?? "") ?? [];
  if (request.url?.startsWith(`/${run}/`)) asked.push(what);
  const bytes = await answerTo(what);
  if (interfere?.(response, bytes)) return;
  response.writeHead(200, { "content-type": what === "" ? "text/event-stream" : "application/octet-stream" });
  response.end(bytes);
});
async function answerTo(what: string): Promise<Buffer> {
  if (what === "") return Buffer.from(`event: kept\ndata: ${kept.length}\n\n`);
  if (what === "/kept/index") return gzipSync(JSON.stringify(await makeLogIndex(kept.map(packed))));
  const { first, last } = Object.fromEntries(new URLSearchParams(what.split("?")[1]));
  const pieces: Uint8Array[] = [];
  for await (const piece of packParts(partsOf(Number(first), Number(last)))) pieces.push(piece);
  return Buffer.concat(pieces);
}
async function* partsOf(first: number, last: number) {
  for (const part of kept.slice(first, last + 1)) yield packed(part);
}
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address && typeof address === "object") origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  run += 1;
  asked = [];
  interfere = undefined;
  kept = [["one\n", "two\nof two\n"], ["three\n"], ["Step Four\n", "four\n"], ["five\n"]];
});

/** The worker of a page, without the page. */
function openSession(keptParts: number | undefined = kept.length) {
  const answers: LogAnswer[] = [];
  const session = new LogSession(
    (each) => answers.push(each),
    () => performance.now(),
    (work) => setImmediate(work),
  );
  session.take({ kind: "open", url: `${origin}/${run}/log`, isVisible: true, keptParts });
  let id = 0;
  return {
    session,
    summary: () => answers.findLast((each) => each.kind === "summary")?.summary,
    lines: () => new Map(answers.flatMap((each) => (each.kind === "lines" ? each.lines : []))),
    async text(first: number, last: number) {
      const mine = ++id;
      session.take({ kind: "text", id: mine, first, last });
      const find = () => answers.find((each) => each.kind === "text" && each.id === mine);
      await vi.waitUntil(find, { timeout: 10_000 });
      return (find() as { text: string }).text;
    },
    async search(query: LogQuery) {
      session.take({ kind: "search", query });
      const find = () =>
        answers.findLast((each) => each.kind === "matches" && each.query === query && each.isComplete);
      await vi.waitUntil(find, { timeout: 10_000 });
      const { matches } = find() as Extract<LogAnswer, { kind: "matches" }>;
      return { count: matches.count, lines: [...matches.lines] };
    },
  };
}

const plain = (text: string): LogQuery => ({ text, isRegex: false, matchCase: true });
const parts = () => asked.filter((what) => what.startsWith("/kept?"));

describe("a log that is kept", () => {
  it("is whole with its index, before any of its text has come", async () => {
    interfere = (_, bytes) => bytes[0] !== 0x1f;
    const { summary } = openSession();
    await vi.waitUntil(() => summary()?.isParsed);
    const { lineCount, byteCount, state, tree } = summary() ?? {};
    expect([lineCount, byteCount, state]).toEqual([7, 41, { phase: "ended" }]);
    expect(tree?.nodes.map(({ name, firstLine, lastLine }) => [name, firstLine, lastLine])).toEqual([
      ["Four", 4, 6],
    ]);
  });

  it("is asked for by the console's word, where the page does not know that it is kept", async () => {
    const { summary } = openSession(0);
    await vi.waitUntil(() => summary()?.state.phase === "ended");
    expect(asked.slice(0, 2)).toEqual(["", "/kept/index"]);
  });

  it("gets the parts of the lines that are wanted, each once, and its end ahead", async () => {
    kept = Array.from({ length: 40 }, (_, part) => [`line ${part}\n`]);
    const { session, summary, lines } = openSession();
    await vi.waitUntil(() => summary()?.isParsed);
    session.take({ kind: "lines", numbers: [7, 8] });
    await vi.waitUntil(() => lines().size === 2);
    session.take({ kind: "lines", numbers: [7, 39] });
    await vi.waitUntil(() => lines().size === 3);
    expect(lines().get(8)).toEqual({ text: "line 8", time: 1_000 });
    expect(parts().toSorted()).toEqual([
      "/kept?first=39&last=39",
      "/kept?first=7&last=7",
      "/kept?first=8&last=8",
    ]);
  });

  it("is searched and copied whole, whatever has come before", async () => {
    const session = openSession();
    await vi.waitUntil(() => session.summary()?.isParsed);
    expect(await session.search(plain("f"))).toEqual({ count: 3, lines: [2, 5, 6] });
    expect(await session.search({ text: "^(t|four)", isRegex: true, matchCase: true })).toEqual({
      count: 3,
      lines: [1, 3, 5],
    });
    expect(await session.text(0, 99)).toBe(kept.flat().join(""));
    expect(await session.text(2, 4)).toBe("of two\nthree\nStep Four\n");
  });

  it.each([
    ["the index", "/kept/index"],
    ["a part", "/kept?"],
  ])(
    "says that %s does not come, tries again, and is whole then",
    async (_, what) => {
      let failures = 0;
      interfere = (response, bytes) => {
        if (!asked.at(-1)?.startsWith(what) || failures++ > 1) return false;
        // Once with a status, once in the middle of the answer.
        if (failures === 1) response.writeHead(503).end();
        else response.writeHead(200).write(bytes.subarray(0, 10), () => response.destroy());
        return true;
      };
      const { summary, text } = openSession();
      await vi.waitUntil(() => summary()?.state.phase === "interrupted");
      await vi.waitUntil(() => summary()?.lineCount, { timeout: 10_000 });
      expect(await text(0, 99)).toBe(kept.flat().join(""));
      await vi.waitUntil(() => summary()?.state.phase === "ended");
    },
    20_000,
  );

  it("says why it may not be read, and does not ask again", async () => {
    interfere = (response) => {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: "forbidden", message: "Needs the role viewer." } }));
      return true;
    };
    const { session, summary } = openSession();
    await vi.waitUntil(() => summary()?.state.phase === "denied");
    expect(summary()?.state.message).toBe("Needs the role viewer.");
    session.take({ kind: "pause" });
    session.take({ kind: "resume" });
    session.take({ kind: "search", query: plain("one") });
    await new Promise((turn) => setTimeout(turn, 50));
    expect(asked).toEqual(["/kept/index"]);
  });

  it("goes on where it was when its tab is seen again", async () => {
    let held: ServerResponse | undefined;
    interfere = (response) => {
      held = response;
      return true;
    };
    const { session, summary, text } = openSession();
    await vi.waitUntil(() => held);
    session.take({ kind: "pause" });
    interfere = undefined;
    await vi.waitUntil(() => held?.closed);
    expect(asked).toEqual(["/kept/index"]);
    session.take({ kind: "resume" });
    await vi.waitUntil(() => summary()?.lineCount);
    expect(await text(0, 99)).toBe(kept.flat().join(""));
    expect(summary()?.state).toEqual({ phase: "ended" });
  });
});

it("an index says the same as the whole log, wherever its parts are cut", async () => {
  const line = fc.constantFrom(
    "Step Install",
    "Phase build",
    "Document arn:aws:imagebuilder:eu-west-1:1:component/x/1.0.0/1",
    "CmdExecution: Stderr: it failed",
    "more of it",
    "CmdExecution: ExitCode 1",
    "Stdout: fine",
    "",
    "빌드 ✔",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(line, { minLength: 1, maxLength: 8 }), { minLength: 1 }),
      async (all) => {
        const events = all.map((part) => part.map((each) => `${each}\n`));
        const index = await makeLogIndex(events.map(packed));
        const parser = new LogParser();
        for (const part of all) for (const [at, each] of part.entries()) parser.push(each, 1_000 + at);
        expect(index.tree).toEqual(parser.tree);
        expect(index.parts.map(({ lines }) => lines)).toEqual(all.map((part) => part.length));
      },
    ),
    { numRuns: 100 },
  );
});
