import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
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
function openSession({ isVisible = true }: { isVisible?: boolean } = {}) {
  const answers: LogAnswer[] = [];
  const session = new LogSession(
    (each) => answers.push(each),
    () => performance.now(),
    (work) => setImmediate(work),
  );
  const summary = () => answers.findLast((each) => each.kind === "summary")?.summary;
  const text = async () => {
    session.take({ kind: "text", id: 1, first: 0, last: 99 });
    await new Promise((turn) => setImmediate(turn));
    return answers.findLast((each) => each.kind === "text")?.text;
  };
  session.take({ kind: "open", url, isVisible });
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
  expect(await text()).toBe(LINES.join(""));
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
