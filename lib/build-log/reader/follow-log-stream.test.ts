import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { packParts } from "../stream/kept-log-stream";
import { LogSession } from "./log-session";
import type { LogAnswer } from "./types";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What the console would answer, and who is connected to it. */
let answer: Answer;
let cursors: (string | undefined)[] = [];
let open = 0;
let url = "";
const server = createServer((request, response) => {
  open++;
  response.once("close", () => open--);
  answer(request, response);
});
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address && typeof address === "object") url = `http://127.0.0.1:${address.port}/log`;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  cursors = [];
});

const event = (name: string, data: unknown, id?: string) =>
  `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
const LINES = Array.from({ length: 5 }, (_, number) => `line ${number}\n`);
/** Gives the lines after the cursor up to `until`, and holds the connection. */
const linesUntil =
  (until: number): Answer =>
  (request, response) => {
    const cursor = request.headers["last-event-id"]?.toString();
    cursors.push(cursor);
    const first = Number(cursor ?? 0);
    response.writeHead(200, { "content-type": "text/event-stream" });
    const text = LINES.slice(first, until).join("");
    if (text) response.write(event("lines", { firstLine: first, times: [1], text }, String(until)));
    response.write(event("state", { phase: "live" }));
  };

/** The worker of a page, without the page. */
function openSession({ isVisible = true, keptParts }: { isVisible?: boolean; keptParts?: number } = {}) {
  const answers: LogAnswer[] = [];
  const session = new LogSession(
    (each) => answers.push(each),
    () => performance.now(),
    (work) => setImmediate(work),
  );
  const summary = () => answers.findLast((each) => each.kind === "summary")?.summary;
  const text = () => {
    session.take({ kind: "text", id: 1, first: 0, last: 99 });
    return answers.findLast((each) => each.kind === "text")?.text;
  };
  session.take({ kind: "open", url, isVisible, keptParts });
  return { session, summary, text };
}

it("asks for nothing while the tab is hidden, and goes on where it was when it is seen again", async () => {
  answer = linesUntil(3);
  const { session, summary, text } = openSession();
  await vi.waitUntil(() => summary()?.lineCount === 3);
  session.take({ kind: "pause" });
  await vi.waitUntil(() => open === 0);
  answer = linesUntil(5);
  session.take({ kind: "resume" });
  await vi.waitUntil(() => summary()?.lineCount === 5);
  expect(cursors).toEqual([undefined, "3"]);
  expect(text()).toBe(LINES.join(""));
  session.take({ kind: "pause" });
  await vi.waitUntil(() => open === 0);
});

it("asks for nothing before a tab that was opened behind another is seen", async () => {
  answer = linesUntil(5);
  const { session, summary } = openSession({ isVisible: false });
  await new Promise((turn) => setImmediate(turn));
  expect(cursors).toEqual([]);
  session.take({ kind: "resume" });
  await vi.waitUntil(() => summary()?.lineCount === 5);
  session.take({ kind: "pause" });
  await vi.waitUntil(() => open === 0);
});

it("says why a log may not be read, and does not ask again", async () => {
  answer = (_, response) => {
    cursors.push(undefined);
    response.writeHead(403, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: "forbidden", message: "Needs the role viewer." } }));
  };
  const { session, summary } = openSession();
  await vi.waitUntil(() => summary()?.state.phase === "denied");
  expect(summary()?.state.message).toBe("Needs the role viewer.");
  session.take({ kind: "pause" });
  session.take({ kind: "resume" });
  expect(cursors).toHaveLength(1);
});

/** A kept log as the console sends it; the connection breaks after `until` bytes. */
const KEPT = [["one\n", "two\nof two\n"], ["three\n"], ["four\n"]];
const keptFrom =
  (until = Number.POSITIVE_INFINITY): Answer =>
  async (request, response) => {
    const [, first] = /\/kept\?first=(\d+)$/.exec(request.url ?? "") ?? [];
    cursors.push(first);
    if (first === undefined) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(event("kept", KEPT.length));
      return;
    }
    const packed = packParts(
      (async function* () {
        for (const events of KEPT.slice(Number(first))) {
          const index = Float64Array.from(events.flatMap((each, number) => [1_000 + number, each.length]));
          yield { text: gzipSync(events.join("")), events: gzipSync(Buffer.from(index.buffer)) };
        }
      })(),
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of packed) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    response.writeHead(200, { "content-type": "application/octet-stream" });
    if (until >= bytes.length) response.end(bytes);
    else response.write(bytes.subarray(0, until), () => response.destroy());
  };
const KEPT_TEXT = KEPT.flat().join("");

it("reads a kept log by its parts, each once, and is over", async () => {
  answer = keptFrom();
  const { summary, text } = openSession();
  await vi.waitUntil(() => summary()?.state.phase === "ended");
  expect(text()).toBe(KEPT_TEXT);
  expect(cursors).toEqual([undefined, "0"]);
});

it("reads a log that is known to be kept without asking whether it is", async () => {
  answer = keptFrom();
  const { summary, text } = openSession({ keptParts: KEPT.length });
  await vi.waitUntil(() => summary()?.state.phase === "ended");
  expect(text()).toBe(KEPT_TEXT);
  expect(cursors).toEqual(["0"]);
});

it("goes on with the part that is missing after a kept log broke off", async () => {
  // Within a header, within a part, between two.
  for (const until of [3, 40, 190]) {
    cursors = [];
    answer = keptFrom(until);
    const { summary, text } = openSession({ keptParts: KEPT.length });
    await vi.waitUntil(() => cursors.length === 1);
    answer = keptFrom();
    await vi.waitUntil(() => summary()?.state.phase === "ended", { timeout: 5_000 });
    expect(text()).toBe(KEPT_TEXT);
  }
}, 20_000);
