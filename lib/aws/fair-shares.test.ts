import { GetImageCommand, ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "@/lib/testing/manual-clock";
import { startStubAws } from "@/lib/testing/stub-aws";
import { Askers } from "./askers";
import { Budget } from "./budget";
import { createAwsGateway } from "./gateway";
import type { AwsAccess } from "./types";

const LIMITS = { ratePerSecond: 10, burst: 1 };
const people = fc.array(fc.nat(6), { minLength: 1, maxLength: 25 });

describe("a budget that several people wait for", () => {
  it("lets each go as if everybody had asked for as little as they did", async () => {
    await fc.assert(
      fc.asyncProperty(people, async (asked) => {
        const budget = new Budget(LIMITS, manualClock());
        await budget.take();
        const sent: number[] = [];
        await Promise.all(
          asked.map((person) =>
            budget.take({ askers: new Askers(`${person}`) }).then(() => sent.push(person)),
          ),
        );
        expect(sent.length).toBe(asked.length);
        for (const person of new Set(asked)) {
          const own = sent.flatMap((each, at) => (each === person ? [at] : []));
          // Before somebody's n-th call, nobody else has had more than n.
          for (const [n, at] of own.entries()) {
            for (const other of new Set(asked)) {
              const before = sent.slice(0, at).filter((each) => each === other).length;
              expect(before).toBeLessThanOrEqual(n + 1);
            }
          }
        }
      }),
    );
  });

  it("never has a write wait, nor a newcomer for more than one call of each, whatever one has asked for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 190 }), fc.boolean(), async (flood, writes) => {
        const budget = new Budget(LIMITS, manualClock());
        await budget.take();
        const sent: string[] = [];
        const take = (id: string, urgent = false) =>
          budget.take({ askers: new Askers(id), urgent }).then(() => sent.push(id));
        const flooding = Array.from({ length: flood }, () => take("flood"));
        const other = take("ana", writes);
        await other;
        expect(sent.indexOf("ana")).toBeLessThanOrEqual(writes ? 0 : 1);
        await Promise.all(flooding);
        expect(sent.length).toBe(flood + 1);
      }),
      { numRuns: 40 },
    );
  });

  it("refuses who has asked for too much already, and nobody else", async () => {
    const budget = new Budget(LIMITS, manualClock());
    const asked = await Promise.allSettled([
      ...Array.from({ length: 260 }, () => budget.take({ askers: new Askers("flood") })),
      budget.take({ askers: new Askers("ana") }),
    ]);
    const refused = asked.flatMap(({ status }, at) => (status === "rejected" ? [at] : []));
    expect(refused.length).toBeGreaterThan(20);
    expect(refused).not.toContain(260);
  });
});

describe("a viewer who floods", () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const target = { id: "test", label: "Test", accountId: "222222222222", region: "us-east-1" };
  const arn = (build: number) => `arn:aws:imagebuilder:us-east-1:222222222222:image/none/1.0.0/${build}`;
  const list = () => new ListImagePipelinesCommand({ maxResults: 25 });

  async function flooded() {
    const stub = await startStubAws(() => ({ status: 200, json: {} }));
    closers.push(stub.close);
    const gateway = createAwsGateway({
      aws: { endpoint: stub.url, credentials: "account-id" },
      clock: manualClock(),
    });
    const open = (id: string) => gateway.open(target, { id });
    const { imageBuilder } = open("flood");
    const flood = Array.from({ length: 200 }, (_, build) =>
      imageBuilder.read(new GetImageCommand({ imageBuildVersionArn: arn(build) })),
    );
    const placeOf = async (call: string, asked: Promise<unknown>) => {
      await asked;
      const place = stub.requests.findIndex(({ path }) => path.startsWith(`/${call}`));
      await Promise.all(flood);
      return place;
    };
    return { open, placeOf };
  }

  it("keeps nobody else waiting beyond what was sent at once", async () => {
    const { open, placeOf } = await flooded();
    const place = await placeOf("ListImagePipelines", open("ana").imageBuilder.read(list()));
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(105);
  });

  it("keeps nobody waiting who asks for the same as they do, in a call or in an answer of several", async () => {
    for (const ask of [
      (of: AwsAccess) => of.imageBuilder.read(list()),
      (of: AwsAccess) => of.share("pipelines", 1_000, () => of.imageBuilder.read(list())),
    ]) {
      const { open, placeOf } = await flooded();
      const first = ask(open("flood"));
      const place = await placeOf("ListImagePipelines", ask(open("ana")));
      await first;
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(105);
    }
  });
});
