import { afterAll, beforeAll, expect, it } from "vitest";
import { keptLogParts } from "@/lib/db/schema";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { KeptLogs } from "./kept/kept-logs";
import { readKeptLog } from "./read-kept-log";
import { readKeptLogIndex } from "./read-kept-log-index";
import { LogRecord } from "./tail/log-record";
import { wholeLogs } from "./whole-logs";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const build = { name: "web", version: "1.0.0", build: "1" };

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40])(
  "says of part %s of a log that is not kept that there is none",
  async (first) => {
    const reading = readKeptLog({ ctx: testConsole.contextOf(), input: { ...build, first } });
    await expect(reading).rejects.toMatchObject({ detail: { code: "not-found" } });
  },
);

it("makes indexes of few logs at a time, however many somebody asks for at once, and of each once", async () => {
  const ctx = testConsole.contextOf();
  const logs = new KeptLogs(ctx.database);
  const record = new LogRecord();
  record.append(Array.from({ length: 200 }, (_, at) => ({ message: `line ${at}`, timestamp: at })));
  const builds = Array.from({ length: 40 }, (_, at) => ({ ...build, build: String(at + 1) }));
  for (const one of builds)
    await logs.save({ targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, one) }, record, new Date());
  // As a console of another version left them.
  await (await ctx.database()).orm.update(keptLogParts).set({ logIndex: null });
  const answers = await Promise.all(
    [...builds, ...builds].map((input) =>
      readKeptLogIndex({ ctx, input }).then(
        () => "made",
        ({ detail }) => detail.code,
      ),
    ),
  );
  // Two at a time and sixteen that wait; those for whom another one waits wait in no line of their own.
  expect(answers.filter((answer) => answer === "made")).toHaveLength(2 * 18);
  expect(answers.filter((answer) => answer === "too-many-requests")).toHaveLength(2 * 22);
  expect(wholeLogs().heldBytes).toBe(0);
  for (const input of builds) expect(await readKeptLogIndex({ ctx, input })).toBeDefined();
});
