import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dimensionsOf, METRIC_NAMES, METRICS_NAMESPACE } from "@/lib/as-code/cloudwatch-names";
import { metricsAlarms } from "@/lib/as-code/metrics-code";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import { historyBuilds, historyDays, historyPipelines, historySync } from "@/lib/db/history-schema";
import { metricBuilds, metricPipelines, metricTargets } from "@/lib/db/metrics-schema";
import { manualClock } from "@/lib/testing/manual-clock";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { startSimulator } from "@/simulator/index";
import { saveStandings } from "../sync/compare-builds";
import { rollUpDays } from "../sync/refresh-rollups";
import { getMetricsExport } from "./get-metrics-export";
import { sendMetrics } from "./send-metrics";

/** What becomes of one sending: its answer is lost before or after CloudWatch took it, as when the console is killed. */
type Fate = "taken" | "refused" | "lost before" | "lost after";
type Result = "succeeded" | "failed" | "cancelled";
const ACCOUNT = "222222222222";

const clock = manualClock();
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let door: Awaited<ReturnType<typeof startDoor>>;
let cloudWatch: CloudWatchClient;
let testConsole: TestConsole;
let database: Database;
let serial = 0;

/** A way to AWS on which the answers to PutMetricData get lost, or are a refusal. */
async function startDoor(endpoint: string) {
  const { hostname, port } = new URL(endpoint);
  const fates: Fate[] = [];
  const server = createServer((incoming, answer) => {
    const isPut = incoming.headers["x-amz-target"]?.toString().endsWith("PutMetricData");
    const fate = (isPut && fates.shift()) || "taken";
    if (fate === "lost before") return void answer.destroy();
    if (fate === "refused") {
      incoming.resume();
      answer.writeHead(403, { "content-type": "application/x-amz-json-1.0" });
      return void answer.end(
        JSON.stringify({
          __type: "AccessDeniedException",
          message: "User: x is not authorized to perform: cloudwatch:PutMetricData on resource: *",
        }),
      );
    }
    const { method, url: path, headers } = incoming;
    const onward = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      if (fate === "lost after") {
        response.resume();
        response.on("end", () => answer.destroy());
        return;
      }
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fates,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty", clock });
  door = await startDoor(simulator.url);
  testConsole = await startTestConsole({ endpoint: door.url, cloudWatchPipelines: 2 });
  database = await testConsole.runtime.database();
  cloudWatch = new CloudWatchClient({
    endpoint: simulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
  });
});
afterAll(async () => {
  cloudWatch.destroy();
  await testConsole.close();
  await door.close();
  await simulator.close();
});
beforeEach(() => {
  door.fates.length = 0;
});

/** Both clocks: the console's own, and the one by which CloudWatch judges time stamps. */
function advance(ms: number) {
  testConsole.clock.advance(ms);
  clock.advance(ms);
}

async function addBuilds(
  builds: { pipeline: string; result: Result; minutes: number; criticals?: number }[],
) {
  const now = testConsole.clock.now();
  const targetId = testConsole.target.id;
  await database.orm.insert(historyBuilds).values(
    builds.map(({ pipeline, result, minutes, criticals }) => {
      const endedAt = new Date(now - minutes * MINUTE_MS);
      const name = `${pipeline}-${++serial}`;
      return {
        ...{ targetId, name, pipeline, result, endedAt, version: "1.0.0", build: "1", displayName: name },
        arn: `arn:aws:imagebuilder:us-east-1:${ACCOUNT}:image/${name}/1.0.0/1`,
        status: result === "succeeded" ? "AVAILABLE" : result.toUpperCase(),
        createdAt: new Date(endedAt.getTime() - 20 * MINUTE_MS),
        day: endedAt.toISOString().slice(0, 10),
        durationMs: 20 * MINUTE_MS,
        imageType: "AMI",
        seenAt: endedAt,
        detailedAt: endedAt,
        ...(criticals !== undefined && { findingsAll: criticals + 2, findingsCritical: criticals }),
      };
    }),
  );
  await rollUpDays(database.orm, targetId);
  await saveStandings(database.orm, targetId, [...new Set(builds.map(({ pipeline }) => pipeline))]);
}

const send = () => sendMetrics(testConsole.runtime, database, testConsole.target);

async function forget() {
  for (const table of [
    metricBuilds,
    metricPipelines,
    metricTargets,
    historyDays,
    historyPipelines,
    historyBuilds,
  ])
    await database.orm.delete(table);
}

/** What CloudWatch has since then, in epoch milliseconds. */
async function sumOf(
  MetricName: string,
  { pipeline, Stat = "Sum", since }: { pipeline?: string; Stat?: string; since: number },
): Promise<number> {
  const stat = {
    Metric: { Namespace: METRICS_NAMESPACE, MetricName, Dimensions: dimensionsOf("test", pipeline) },
    ...{ Period: 60, Stat },
  };
  const now = testConsole.clock.now();
  const { MetricDataResults } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(since),
      EndTime: new Date(now + HOUR_MS),
      MetricDataQueries: [{ Id: "one", MetricStat: stat }],
    }),
  );
  return (MetricDataResults?.[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
}

const fates = fc.constantFrom<Fate[]>("taken", "refused", "lost before", "lost after");
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("build" as const),
      builds: fc.array(
        fc.record({
          pipeline: fc.constantFrom("web", "base", "other"),
          result: fc.constantFrom<Result[]>("succeeded", "failed", "cancelled"),
          minutes: fc.integer({ min: 0, max: 30 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    fc.record({ do: fc.constant("send" as const), fate: fates, twice: fc.boolean() }),
    fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 6, 70, 300) }),
  ),
  { minLength: 3, maxLength: 12 },
);

describe("metrics in CloudWatch", { timeout: 240_000 }, () => {
  it("are as many as the history's builds, whatever was lost or refused in between and by whom they were sent", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const since = testConsole.clock.now() - HOUR_MS;
        await forget();
        const counts: Record<Result, number> = { succeeded: 0, failed: 0, cancelled: 0 };
        await send();
        for (const step of plan) {
          if (step.do === "wait") advance(step.minutes * MINUTE_MS);
          if (step.do === "build") {
            await addBuilds(step.builds);
            for (const { result } of step.builds) counts[result]++;
          }
          if (step.do === "send") {
            door.fates.push(step.fate);
            seen.add(step.fate);
            await Promise.all(step.twice ? [send(), send()] : [send()]);
            door.fates.length = 0;
          }
        }
        // What is in doubt is cleared up and what was refused is sent, within the times that AWS takes.
        for (let round = 0; round < 6; round++) {
          advance(3 * HOUR_MS);
          await send();
        }
        const sent = ["SucceededBuilds", "FailedBuilds", "CancelledBuilds"].map((name) =>
          sumOf(name, { since }),
        );
        expect(await Promise.all(sent)).toEqual([counts.succeeded, counts.failed, counts.cancelled]);
        const { inDoubt, mistake } = await getMetricsExport({ ctx: testConsole.contextOf() });
        expect({ inDoubt, mistake }).toEqual({ inDoubt: 0 });
        // The next run's minutes are its own.
        advance(2 * HOUR_MS);
      }),
      { numRuns: 20, seed: Number(process.env.TEST_SEED ?? 17) },
    );
    expect([...seen].toSorted()).toEqual(["lost after", "lost before", "refused", "taken"]);
  });

  it("have as many series as are allowed, and the pipelines that have none are named", async () => {
    await forget();
    advance(15 * DAY_MS);
    const since = testConsole.clock.now();
    await send();
    await addBuilds([
      ...["web", "web", "web", "base", "base"].map((pipeline) => ({
        pipeline,
        result: "succeeded" as const,
        minutes: 5,
        criticals: 1,
      })),
      ...["other", "third"].map((pipeline) => ({ pipeline, result: "failed" as const, minutes: 5 })),
      { pipeline: "web", result: "cancelled", minutes: 5 },
    ]);
    advance(HOUR_MS);
    await send();
    const said = await getMetricsExport({ ctx: testConsole.contextOf() });
    expect(said).toMatchObject({ most: 2, leftOut: ["other", "third"], leftOutCount: 2, counted: 8 });
    expect(said.pipelines.map(({ name }) => name)).toEqual(["base", "web"]);
    const { Metrics = [] } = await cloudWatch.send(
      new ListMetricsCommand({ Namespace: METRICS_NAMESPACE, RecentlyActive: "PT3H" }),
    );
    const pipelines = new Set(
      Metrics.flatMap(({ Dimensions = [] }) =>
        Dimensions.flatMap(({ Name, Value }) => (Name === "Pipeline" ? [Value] : [])),
      ),
    );
    expect([...pipelines].toSorted()).toEqual(["base", "web"]);
    expect(new Set(Metrics.map(({ MetricName }) => MetricName))).toEqual(new Set(METRIC_NAMES));
    expect(await sumOf("CriticalFindings", { Stat: "Maximum", since })).toBe(2);
    expect(await sumOf("ImageAgeHours", { pipeline: "web", Stat: "Maximum", since })).toBeGreaterThan(1);
    // One that is in stays in when another builds more.
    await addBuilds(
      Array.from({ length: 9 }, () => ({ pipeline: "third", result: "succeeded" as const, minutes: 1 })),
    );
    await send();
    expect(
      (await getMetricsExport({ ctx: testConsole.contextOf() })).pipelines.map(({ name }) => name),
    ).toEqual(["base", "web"]);
  });

  it("that AWS refuses are said with the statement that is missing, and cost nothing else", async () => {
    await forget();
    advance(HOUR_MS);
    await send();
    await addBuilds([{ pipeline: "web", result: "failed", minutes: 1 }]);
    door.fates.push("refused", "refused", "refused");
    await send();
    const { mistake, statements } = await getMetricsExport({ ctx: testConsole.contextOf() });
    expect(mistake).toMatchObject({ missingAction: "cloudwatch:PutMetricData" });
    expect(JSON.parse(statements)).toContainEqual(
      expect.objectContaining({
        Action: ["cloudwatch:PutMetricData"],
        Condition: { StringEquals: { "cloudwatch:namespace": "Goldsmith" } },
      }),
    );
    door.fates.length = 0;
    advance(2 * HOUR_MS);
    await send();
    expect(await getMetricsExport({ ctx: testConsole.contextOf() })).toMatchObject({ counted: 1 });
    expect((await getMetricsExport({ ctx: testConsole.contextOf() })).mistake).toBeUndefined();
  });

  it("set off the alarms that are written for them", async () => {
    const scope = { target: "test", region: "us-east-1", pipelines: [{ name: "web", freshWithinDays: 1 }] };
    for (const alarm of metricsAlarms(scope)) await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    await forget();
    advance(HOUR_MS);
    await send();
    await addBuilds([
      { pipeline: "web", result: "succeeded", minutes: 30 * 60, criticals: 3 },
      { pipeline: "web", result: "failed", minutes: 0 },
    ]);
    advance(HOUR_MS);
    await send();
    advance(5 * MINUTE_MS);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
    const stateOf = (name: string) => MetricAlarms.find(({ AlarmName }) => AlarmName === name)?.StateValue;
    expect(stateOf("goldsmith-test-image-age-web")).toBeDefined();
    advance(HOUR_MS);
    const later = await cloudWatch.send(new DescribeAlarmsCommand({}));
    const states = Object.fromEntries(
      (later.MetricAlarms ?? []).map(({ AlarmName, StateValue }) => [AlarmName, StateValue]),
    );
    expect(states).toMatchObject({
      "goldsmith-test-image-age-web": "ALARM",
      "goldsmith-test-critical-findings": "ALARM",
    });
  });

  it("wait until the history has been read, so that the pipelines with the most builds are in", async () => {
    await forget();
    advance(HOUR_MS);
    const targetId = testConsole.target.id;
    const updatedAt = new Date(testConsole.clock.now());
    await database.orm.insert(historySync).values({ targetId, timeZone: "UTC", updatedAt });
    await addBuilds([{ pipeline: "web", result: "failed", minutes: 1 }]);
    await send();
    expect(await database.orm.select().from(metricBuilds)).toEqual([]);
    await database.orm.update(historySync).set({ backfilledAt: updatedAt });
    await send();
    expect(await database.orm.select().from(metricBuilds)).toHaveLength(1);
    await database.orm.delete(historySync);
  });

  it("are not sent where they are off", async () => {
    await forget();
    const { cloudWatchPipelines: _, ...off } = testConsole.target;
    await addBuilds([{ pipeline: "web", result: "failed", minutes: 0 }]);
    await sendMetrics(testConsole.runtime, database, off);
    expect(await database.orm.select().from(metricBuilds)).toEqual([]);
    expect(await database.orm.select().from(metricTargets)).toEqual([]);
  });
});
