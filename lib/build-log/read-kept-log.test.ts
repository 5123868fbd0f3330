import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { readKeptLog } from "./read-kept-log";

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
