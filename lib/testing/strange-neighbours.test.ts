import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Action, PERMISSIONS } from "@/lib/auth/permissions";
import { DAY_MS } from "@/lib/core/time";
import { toConsoleError } from "@/lib/use-case/console-error";
import { startSimulator } from "@/simulator/index";
import { type Read, readsOf } from "./every-read";
import { manualClock } from "./manual-clock";
import { STRANGE_WAYS, type StrangeWay } from "./strange-answers";
import { startStrangeAws } from "./strange-aws";
import { startTestConsole, type TestConsole } from "./test-console";

/** The console against another AWS than the simulator, beside the same Image Builder. */
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let aws: Awaited<ReturnType<typeof startStrangeAws>>;
let testConsole: TestConsole;
let reads: Read[];
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "demo", clock: manualClock() });
  aws = await startStrangeAws(simulator.url);
  testConsole = await startTestConsole({ endpoint: aws.url, accountId: "111111111111" });
  reads = await readsOf(testConsole.contextOf());
}, 120_000);
afterEach(() => {
  aws.others(undefined);
  // What is fresh is not read again: a day later nothing is.
  testConsole.clock.advance(DAY_MS);
});
afterAll(async () => {
  await testConsole.close();
  await aws.close();
  await simulator.close();
});

/** Reads of pages that the demo has no answer for, and why that is no matter here. */
const NOT_ASKED: Partial<Record<Action, string>> = {
  "find-log-line": "asks Image Builder and the log, as read-log-excerpt does",
  "export-history-builds": "asks the database alone",
};
/** What is shown of one thing in another service: where that service does not have it, the panel says so. */
const OF_ONE_THING: Action[] = [
  "read-run-command",
  "read-agent-status",
  "read-console-output",
  "read-console-screenshot",
];
/** A member that was missing and was written down all the same. */
const WRITTEN_DOWN = /.{0,99}(\bundefined\b|\bNaN\b|\[object Object\]|Invalid Date).{0,99}/;

type Outcome = Pick<Read, "action" | "input"> & { text: string; code?: string; message?: string };

const askAll = (): Promise<Outcome[]> =>
  Promise.all(
    reads.map(async ({ action, input, ask }) =>
      ask(testConsole.contextOf()).then(
        (answer) => ({ action, input, text: JSON.stringify(answer) ?? "" }),
        (error: unknown) => ({ action, input, text: "", ...toConsoleError(error) }),
      ),
    ),
  );
const failed = ({ action, code }: Outcome) =>
  code !== undefined && !(code === "not-found" && OF_ONE_THING.includes(action));

it("asks for whatever pages show", () => {
  const looks = (Object.keys(PERMISSIONS) as Action[]).filter(
    (action) => PERMISSIONS[action].role === "viewer",
  );
  const asked = new Set(reads.map(({ action }) => action));
  expect(looks.filter((action) => !asked.has(action)).toSorted()).toEqual(Object.keys(NOT_ASKED).toSorted());
});

describe.each(Object.keys(STRANGE_WAYS) as StrangeWay[])("an AWS that %s", (way) => {
  it("breaks no page, and what it leaves out is not written down", async () => {
    aws.others(way);
    const outcomes = await askAll();
    expect(outcomes.filter(failed)).toEqual([]);
    expect(
      outcomes.flatMap(({ action, text }) => WRITTEN_DOWN.exec(text)?.[0].concat(` (${action})`) ?? []),
    ).toEqual([]);
    expect(outcomes.filter(({ text }) => /"(value|label)":""/.test(text))).toEqual([]);
  }, 60_000);
});
