import { afterEach, describe, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { DAY_MS } from "@/lib/core/time";
import { openDatabase } from "@/lib/db/database";
import { indexBuilds } from "@/lib/testing/index-builds";
import { manualClock } from "@/lib/testing/manual-clock";
import { type StubRequest, startStubAws } from "@/lib/testing/stub-aws";
import { startTestConsole } from "@/lib/testing/test-console";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { findBuilds } from "./find-builds";
import { getOverview } from "./get-overview";
import { listImageBuilds } from "./list-image-builds";
import { listImages } from "./list-images";
import { listPipelines } from "./list-pipelines";

const HEAD = "arn:aws:imagebuilder:us-east-1:111111111111";
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An account in which every one of `count` pipelines has a build that runs, and a console that has indexed none. */
async function accountOf(count: number, { listCalls = 240, state = "BUILDING" } = {}) {
  const clock = manualClock();
  const dayOf = (number: number) => new Date(clock.now() - (count - number) * DAY_MS).toISOString();
  const pipelines = Array.from({ length: count }, (_, number) => ({
    arn: `${HEAD}:image-pipeline/p-${number}`,
    name: `p-${number}`,
    status: "ENABLED",
    dateLastRun: dayOf(number),
  }));
  const imageOf = (number: number) => ({
    arn: `${HEAD}:image/web-${number}/1.0.0/1`,
    name: `web-${number}`,
    state: { status: state },
    dateCreated: dayOf(number),
    sourcePipelineName: `p-${number}`,
  });
  const numberIn = (text: string) => Number(/(?:p|web)-(\d+)/.exec(text)?.[1]);
  const answer = ({ path, text, body }: StubRequest) => {
    if (path.startsWith("/ListImagePipelines")) {
      const from = Number(body.nextToken ?? 0);
      const next = from + 25;
      return {
        imagePipelineList: pipelines.slice(from, next),
        ...(next < count && { nextToken: String(next) }),
      };
    }
    if (path.startsWith("/ListImagePipelineImages")) return { imageSummaryList: [imageOf(numberIn(text))] };
    if (path.startsWith("/GetImage")) return { image: imageOf(numberIn(decodeURIComponent(path))) };
    if (path.startsWith("/ListImageBuildVersions"))
      return { imageSummaryList: pipelines.slice(-25).map(({ name }) => imageOf(numberIn(name))) };
    if (path.startsWith("/ListWorkflowExecutions"))
      return { workflowExecutions: [{ workflowExecutionId: "wf-1", type: "BUILD", status: "RUNNING" }] };
    return { steps: [] };
  };
  const stub = await startStubAws((request) => ({ status: 200, json: answer(request) }));
  const database = await openDatabase({ kind: "memory" });
  closers.push(stub.close, database.close);
  const config = readConfig({ GOLDSMITH_LIST_CALLS: String(listCalls) });
  const aws = createAwsGateway({
    aws: { endpoint: stub.url, credentials: "account-id" },
    clock,
    listCallsPerMinute: config.listCallsPerMinute,
    patienceMs: Number.POSITIVE_INFINITY,
  });
  const runtime = { config, clock, database: async () => database, aws };
  const ctx = contextIn(runtime, { targetId: "demo", actor: LOCAL_ADMINISTRATOR });
  return { ctx, clock, requests: stub.requests };
}

const look = (ctx: UseCaseContext) =>
  Promise.all([getOverview({ ctx }), listPipelines({ ctx }), listImageBuilds({ ctx })]);

describe("the calls of the overview and the lists", { timeout: 180_000 }, () => {
  const MINUTES = 3;
  it.each([
    { count: 12, listCalls: 30 },
    { count: 12, listCalls: 240 },
    { count: 300, listCalls: 30 },
    { count: 300, listCalls: 240 },
  ])(
    "of $count pipelines, all of them running, stay within $listCalls a minute",
    async ({ count, listCalls }) => {
      const { ctx, clock, requests } = await accountOf(count, { listCalls });
      for (let poll = 0; poll < (MINUTES * 60) / 2.5; poll++) {
        await Promise.all([look(ctx), look(ctx), look(ctx)]);
        clock.advance(2_500);
      }
      // Beside the rate: what may be spent at once at the start, and one whole list of pipelines.
      const atStart = listCalls / 6 + Math.ceil(count / 25);
      expect(requests.length).toBeLessThanOrEqual(MINUTES * listCalls + atStart);
      expect(requests.length).toBeGreaterThan(0);
    },
  );

  it("tell of very many pipelines those that ran last first, say how many are missing, and have all in the end", async () => {
    const count = 300;
    const { ctx, clock, requests } = await accountOf(count, { state: "AVAILABLE" });
    const first = await listPipelines({ ctx });
    const read = first.pipelines.filter(({ buildsAreRead }) => buildsAreRead);
    expect(first.pipelines).toHaveLength(count);
    expect(first.freshness).toMatchObject({ index: "off", pipelines: count, unread: count - read.length });
    expect(first.freshness.unread).toBeGreaterThan(0);
    expect(read.every(({ name }) => Number(name.slice(2)) >= count - read.length)).toBe(true);

    for (let poll = 0; poll < 60; poll++) {
      clock.advance(2_500);
      await listPipelines({ ctx });
    }
    const last = await listPipelines({ ctx });
    expect(last.freshness.unread).toBe(0);
    expect(last.pipelines.every(({ lastBuild }) => lastBuild !== undefined)).toBe(true);
    const asked = requests.filter(({ path }) => path.startsWith("/ListImagePipelineImages"));
    expect(asked.length, "each is asked about once").toBe(count);
  });
});

describe("an account that is indexed", { timeout: 180_000 }, () => {
  it("costs a few calls however many builds it has, and shows all 45 days", async () => {
    const testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
    closers.push(testConsole.close);
    await indexBuilds(testConsole);
    const ctx = testConsole.contextOf();
    await getOverview({ ctx });
    testConsole.clock.advance(10_000);
    const before = testConsole.calls.length;
    const { freshness, activity, totals, running } = await getOverview({ ctx });
    const asked = testConsole.calls.slice(before).map(({ operation }) => operation);
    const times = (...operations: string[]) => asked.filter((each) => operations.includes(each)).length;
    for (const once of ["ListImagePipelines", "ListImageBuildVersions", "ListWaitingWorkflowSteps"])
      expect(times(once), once).toBe(1);
    const ofRunning = times("ListWorkflowExecutions", "ListWorkflowStepExecutions");
    expect(ofRunning).toBeLessThanOrEqual(4 * running.length);
    expect(asked).toHaveLength(3 + ofRunning);
    expect(freshness).toMatchObject({ index: "current", unread: 0, reasons: [] });
    expect(totals.before).toBeDefined();
    expect(new Set(activity.flatMap(({ days }) => days.map(({ day }) => day))).size).toBeGreaterThan(40);

    testConsole.clock.advance(60_000 - (testConsole.clock.now() % 60_000));
    const lists = () =>
      Promise.all([listPipelines({ ctx }), listImages({ ctx }), findBuilds({ ctx, input: {} })]);
    const first = await lists();
    testConsole.clock.advance(5_000);
    expect(await lists(), "a poll that finds nothing new is given the same").toEqual(first);

    testConsole.clock.advance(15 * 60_000);
    const later = await getOverview({ ctx: testConsole.contextOf() });
    expect(later.freshness.index, "nobody synced for a quarter of an hour").toBe("behind");
  });
});
