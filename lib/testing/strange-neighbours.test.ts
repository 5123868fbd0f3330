import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import type { ChoiceKind } from "@/lib/image-builder/choices/types";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import { startSimulator } from "@/simulator/index";
import { failedOutcomes, outcomesOf, type Read, readsOf, writtenDown } from "./every-read";
import { manualClock } from "./manual-clock";
import { hasMoto, startMoto, stockAccount } from "./moto";
import { STRANGE_WAYS, type StrangeWay } from "./strange-answers";
import { STRANGE_SERVICES, startStrangeAws } from "./strange-aws";
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
}, 300_000);
afterEach(() => aws.others(undefined));
afterAll(async () => {
  await testConsole.close();
  await aws.close();
  await simulator.close();
});

it("asks every service beside Image Builder, for whatever pages show", () => {
  const asked = new Set<string>(testConsole.calls.map(({ service }) => service));
  expect(STRANGE_SERVICES.filter((service) => !asked.has(service))).toEqual([]);
  expect(new Set(reads.map(({ action }) => action)).size).toBeGreaterThan(40);
});

describe.each(Object.keys(STRANGE_WAYS) as StrangeWay[])("an AWS that %s", (way) => {
  // What is fresh is not read again: a day later nothing is.
  afterEach(() => testConsole.clock.advance(DAY_MS));

  it("breaks no page, and what it leaves out is not written down", async () => {
    aws.others(way);
    const outcomes = await outcomesOf(reads, testConsole.contextOf());
    expect(failedOutcomes(outcomes)).toEqual([]);
    expect(writtenDown(outcomes)).toEqual([]);
    expect(outcomes.filter(({ text }) => /"(value|label)":""/.test(text))).toEqual([]);
  }, 300_000);
});

describe.skipIf(!hasMoto())("beside the services of another emulator (needs Python's moto)", () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let amiId: string;
  // Of its own: a read that still goes on when the clock jumps fails, and whoever shares it then is told so.
  let beside: TestConsole;
  beforeAll(async () => {
    beside = await startTestConsole({ endpoint: aws.url, accountId: "111111111111" });
    moto = await startMoto();
    amiId = await stockAccount(moto.url);
  }, 300_000);
  beforeEach(() => aws.others(moto.url));
  afterAll(async () => {
    await beside.close();
    await moto.close();
  });

  it("every page is answered", async () => {
    const outcomes = await outcomesOf(reads, beside.contextOf());
    expect(failedOutcomes(outcomes)).toEqual([]);
    expect(writtenDown(outcomes)).toEqual([]);
  }, 300_000);

  it.each<[ChoiceKind, string]>([
    ["regions", "us-east-1"],
    ["vpcs", "Default VPC"],
    ["security-groups", "default"],
    ["instance-types", "m7i.large"],
    ["launch-templates", "web"],
    ["instance-profiles", "builders"],
    ["roles", "lifecycle"],
    ["kms-keys", "golden"],
    ["topics", "builds"],
    ["buckets", "build-logs"],
    ["repositories", "platform/web"],
  ])("the picker of %s offers %s", async (kind, label) => {
    const { choices, reason } = await listChoices({ ctx: beside.contextOf(), input: { kind } });
    expect(choices.map((choice) => choice.label)).toContain(label);
    expect(reason).toBeUndefined();
  });

  it("who uses an AMI is found, each in its way", async () => {
    const { users, doubts } = await findAmiUsers(beside.contextOf().aws, "us-east-1", [amiId]);
    expect(users.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual(
      [
        "auto-scaling-group mixed",
        "auto-scaling-group old",
        "auto-scaling-group pinned",
        "instance",
        "launch-configuration web-2019",
        "launch-template web",
        "parameter /images/web",
        "parameter /notes/web",
      ].map((user) => (user === "instance" ? expect.stringMatching(/^instance i-/) : user)),
    );
    expect(doubts).toEqual([]);
  });
});
