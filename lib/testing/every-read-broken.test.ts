import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { startSimulator } from "@/simulator/index";
import { failedOutcomes, type Outcome, outcomesOf, type Read, readsOf } from "./every-read";
import { type Fault, startFailingProxy } from "./failing-proxy";
import { manualClock } from "./manual-clock";
import { startTestConsole, type TestConsole } from "./test-console";

/** Services beside Image Builder, by their names in signatures. */
const SERVICES = [
  "autoscaling",
  "ec2",
  "ecr",
  "iam",
  "inspector2",
  "kms",
  "logs",
  "organizations",
  "s3",
  "servicequotas",
  "sns",
  "ssm",
  "sts",
];
const FAULTS = ["throttles", "fails", "refuses"] as const satisfies Fault[];
/** Of most reads these are enough: they differ in what is looked at, not in whom they ask. */
const MOST_OF_AN_ACTION = 2;
const ANY_NUMBER = 40;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let proxy: Awaited<ReturnType<typeof startFailingProxy>>;
let testConsole: TestConsole;
/** What a read says while nothing is broken. */
const usual = new Map<Read, Outcome>();
/** What each read asks. */
const asks = new Map<Read, ReadonlySet<string>>();
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "demo", clock: manualClock() });
  proxy = await startFailingProxy(simulator.url);
  // Each wait takes its time of the test's clock, so that patience ends.
  testConsole = await startTestConsole({
    endpoint: proxy.url,
    accountId: "111111111111",
    random: () => 0.5,
  });
  const reads = await readsOf(testConsole.contextOf(), (action) =>
    action === "list-choices" ? ANY_NUMBER : MOST_OF_AN_ACTION,
  );
  const known = new Map<string, ReadonlySet<string>>();
  for (const read of reads) {
    const kind = read.action === "list-choices" ? JSON.stringify(read.input) : read.action;
    const before = known.get(kind);
    if (!before) {
      testConsole.clock.advance(HOUR_MS);
      proxy.asked();
      await outcomesOf([read], testConsole.contextOf());
    }
    const asked = before ?? proxy.asked();
    known.set(kind, asked);
    asks.set(read, asked);
  }
}, 300_000);
afterEach(() => proxy.breakDown(undefined));
afterAll(async () => {
  await testConsole.close();
  await proxy.close();
  await simulator.close();
});

it("every service is asked by something that pages show", () => {
  const asked = new Set([...asks.values()].flatMap((services) => [...services]));
  expect(SERVICES.filter((service) => !asked.has(service))).toEqual([]);
  expect([...asked].filter((service) => service !== "imagebuilder" && !SERVICES.includes(service))).toEqual(
    [],
  );
  expect(new Set([...asks.keys()].map(({ action }) => action)).size).toBeGreaterThan(40);
});

/** A page about one thing of one service says what that service said: there is nothing else to show. */
const OF_ONE_SERVICE = ["read-pipeline-log", "read-agent-status", "read-run-command"];
const saysWhy = ({ message = "", code }: Outcome) => code !== "unexpected" && /AWS/.test(message);

const withoutFigures = ({ text }: Outcome) => text.replace(/\d+/g, "0");

describe.each(SERVICES)("while %s", (service) => {
  it.each(FAULTS)("%s, every page, picker and preflight answers, and says what it lacks", async (fault) => {
    const reads = [...asks].filter(([, services]) => services.has(service)).map(([read]) => read);
    const unread = reads.filter((read) => !usual.has(read));
    // What is fresh is not read again.
    testConsole.clock.advance(HOUR_MS);
    for (const [index, outcome] of (await outcomesOf(unread, testConsole.contextOf())).entries())
      usual.set(unread[index] as Read, outcome);
    testConsole.clock.advance(HOUR_MS);
    proxy.breakDown(service, fault);
    const outcomes = await outcomesOf(reads, testConsole.contextOf());
    expect(outcomes.length).toBeGreaterThan(0);
    expect(
      failedOutcomes(outcomes).filter(
        (outcome) => !(OF_ONE_SERVICE.includes(outcome.action) && saysWhy(outcome)),
      ),
    ).toEqual([]);
    const changed = reads.flatMap((read, index) => {
      const outcome = outcomes[index] as Outcome;
      const isOther = withoutFigures(outcome) !== withoutFigures(usual.get(read) as Outcome);
      const isSaid = outcome.code !== undefined || /AWS (?:denied|is|did)/.test(outcome.text);
      return isOther && !isSaid ? [{ read, outcome }] : [];
    });
    // Builds end as hours go by: what is the same without the fault is not its doing.
    proxy.breakDown(undefined);
    testConsole.clock.advance(MINUTE_MS);
    const now = await outcomesOf(
      changed.map(({ read }) => read),
      testConsole.contextOf(),
    );
    const inSilence = changed.flatMap(({ outcome }, index) =>
      withoutFigures(outcome) === withoutFigures(now[index] as Outcome) ? [] : [outcome],
    );
    expect(inSilence.map(({ action, input, text }) => ({ action, input, text }))).toEqual([]);
  });
});
