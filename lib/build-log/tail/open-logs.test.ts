import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { processSingleton } from "@/lib/core/process-singleton";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { openTail } from "./open-tail";

const MIB = 1024 * 1024;
let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

type OpenLog = { isWatched: boolean; size: number };
const openLogs = fc.array(
  fc.record({ isWatched: fc.boolean(), size: fc.integer({ min: 0, max: 200 * MIB }) }),
  { maxLength: 12 },
);

it("opens another log only while those that people have open hold at most 512 MB", async () => {
  // What the process has open; a log of 200 MB is its size and whether somebody follows it.
  const { tails } = processSingleton("build-log-tails", () => ({
    tails: new Map<string, Promise<OpenLog>>(),
    turns: new Map(),
  }));
  let number = 0;
  const open = (stream: string) =>
    openTail(
      testConsole.contextOf(),
      { group: "/aws/imagebuilder/web", stream },
      "arn:aws:imagebuilder:us-east-1:222222222222:image/web/1.0.0/1",
      { isKept: false },
    ).then(
      () => "opened",
      (error: { detail?: { code: string } }) => error.detail?.code,
    );
  await fc.assert(
    fc.asyncProperty(openLogs, async (logs) => {
      tails.clear();
      for (const [index, log] of logs.entries()) tails.set(`${index}`, Promise.resolve(log));
      const held = logs.reduce((sum, { isWatched, size }) => sum + (isWatched ? size : 0), 0);
      const stream = `${number++}`;
      const expected = held <= 512 * MIB ? "opened" : "too-many-requests";
      expect(await open(stream)).toBe(expected);
      // What is open is shared, however full the room is.
      if (expected === "opened") {
        tails.set("full", Promise.resolve({ isWatched: true, size: 600 * MIB }));
        expect(await open(stream)).toBe("opened");
        expect(await open("yet another")).toBe("too-many-requests");
      }
    }),
    { numRuns: 100 },
  );
  tails.clear();
});
