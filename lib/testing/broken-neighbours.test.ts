import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runPreflight } from "@/lib/authoring/preflight/run-preflight";
import type { PreflightCheck } from "@/lib/authoring/preflight/types";
import { DAY_MS } from "@/lib/core/time";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { CHOICE_KINDS, type ChoiceList } from "@/lib/image-builder/choices/types";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import { getPipeline } from "@/lib/image-builder/pipelines/get-pipeline";
import { startSimulator } from "@/simulator/index";
import { FAULTS, type Fault, startFailingProxy } from "./failing-proxy";
import { manualClock } from "./manual-clock";
import { createSamplePipeline } from "./sample-pipeline";
import { startTestConsole, type TestConsole } from "./test-console";

/** Each service that the console asks beside others, by its name in signatures, failing in each way. */
const SERVICES = [
  "ec2",
  "iam",
  "kms",
  "ssm",
  "sns",
  "s3",
  "ecr",
  "autoscaling",
  "inspector2",
  "organizations",
  "servicequotas",
];
const TROUBLES = SERVICES.flatMap((service) =>
  (Object.keys(FAULTS) as Fault[]).map((fault) => [service, fault] as const),
);
const ACCOUNT = "222222222222";

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let proxy: Awaited<ReturnType<typeof startFailingProxy>>;
/** The service that is held at the gate: its time is over at once, everybody else's never is. */
let slow: string | undefined;
const breakDown = (service: string, fault: Fault) => {
  slow = fault === "does not answer" ? service : undefined;
  proxy.breakDown(service, fault);
};
let testConsole: TestConsole;
const whole = {
  checks: [] as PreflightCheck[],
  choices: new Map<string, ChoiceList & { asks: Set<string> }>(),
};
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty", clock: manualClock() });
  proxy = await startFailingProxy(simulator.url);
  testConsole = await startTestConsole({
    endpoint: proxy.url,
    accountId: ACCOUNT,
    isSlow: (service) => service === slow,
  });
  const imageBuilder = new ImagebuilderClient({
    endpoint: simulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
  });
  await createSamplePipeline(imageBuilder, { name: "web" });
  imageBuilder.destroy();
  whole.checks = await preflight();
  for (const kind of CHOICE_KINDS) {
    testConsole.clock.advance(DAY_MS);
    proxy.asked();
    const list = await listChoices({ ctx: testConsole.contextOf(), input: { kind } });
    whole.choices.set(kind, { ...list, asks: proxy.asked() });
  }
});
// What is fresh is not read again: a day later nothing is.
afterEach(() => {
  slow = undefined;
  proxy.breakDown(undefined);
  testConsole.clock.advance(DAY_MS);
});
afterAll(async () => {
  await testConsole.close();
  await proxy.close();
  await simulator.close();
});

const preflight = () => runPreflight({ ctx: testConsole.contextOf(), input: { name: "web" } });

it("nothing is said to fail while nothing does", () => {
  expect(whole.checks.filter(({ state }) => state !== "ok")).toEqual([]);
  expect([...whole.choices.values()].filter(({ choices }) => choices.length > 0).length).toBeGreaterThan(10);
});

describe.each(TROUBLES)("while %s %s", (service, fault) => {
  it("every picker offers what the others gave, and says what is missing", async () => {
    testConsole.clock.advance(DAY_MS);
    breakDown(service, fault);
    for (const kind of CHOICE_KINDS) {
      const before = whole.choices.get(kind);
      const list = await listChoices({ ctx: testConsole.contextOf(), input: { kind } });
      if (!before?.asks.has(service)) expect(list.choices, kind).toEqual(before?.choices);
      else expect(list.reason, kind).toMatch(/AWS/);
    }
  });

  it("the preflight gives each check it can, and says of the rest that it is not known", async () => {
    breakDown(service, fault);
    const checks = await preflight();
    const lost = checks.filter(({ state }) => state === "unknown");
    for (const { evidence } of lost) expect(evidence.join()).toMatch(/AWS/);
    for (const { state, title } of checks) expect(["ok", "unknown"], title).toContain(state);
    // A check stands as it stood, or is one of those that are lost.
    const missing = whole.checks.filter(({ id }) => !checks.some((check) => check.id === id));
    expect(missing.length).toBeLessThanOrEqual(lost.length);
    expect(checks.filter(({ state }) => state === "ok").length).toBeGreaterThan(0);
  });

  it("a pipeline is shown", async () => {
    breakDown(service, fault);
    const { name } = await getPipeline({ ctx: testConsole.contextOf(), input: { name: "web" } });
    expect(name).toBe("web");
  });

  it("who uses an AMI is not said to be nobody", async () => {
    breakDown(service, fault);
    const { aws } = testConsole.contextOf();
    const { users, doubts } = await findAmiUsers(aws, "us-east-1", ["ami-0123456789abcdef0"]);
    expect(users).toEqual([]);
    expect(doubts.length > 0).toBe(["ec2", "ssm", "autoscaling"].includes(service));
  });
});
