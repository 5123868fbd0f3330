import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  paginateGetMetricData,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { beforeEach, expect, test } from "vitest";
import { clientConfig, createSimulator, DEMO_ACCOUNT, manualClock, type Simulator } from "../../testing";

const START = Date.UTC(2026, 10, 20, 12);
const MINUTE_MS = 60_000;
const clock = manualClock(START);
let simulator: Simulator;
let cloudWatch: CloudWatchClient;

beforeEach(() => {
  clock.set(START);
  simulator = createSimulator({ clock, seed: "empty", speed: 1 });
  cloudWatch = new CloudWatchClient(clientConfig(simulator));
});

const Dimensions = [{ Name: "Pipeline", Value: "web" }];
const put = (MetricData: MetricDatum[], Namespace = "Test") =>
  cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
const datum = (more: Partial<MetricDatum>): MetricDatum => ({ MetricName: "Builds", Value: 1, ...more });

async function sums(Stat = "Sum", Period = 60) {
  const stat = { Metric: { Namespace: "Test", MetricName: "Builds", Dimensions }, Period, Stat };
  const { MetricDataResults } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(START - 60 * MINUTE_MS),
      EndTime: new Date(START + 60 * MINUTE_MS),
      ScanBy: "TimestampAscending",
      MetricDataQueries: [{ Id: "one", MetricStat: stat }],
    }),
  );
  return MetricDataResults?.[0]?.Values;
}

test("what is put can be read by statistic and period, whatever the order of its dimensions", async () => {
  const [first, second] = [START, START + MINUTE_MS].map((at) => new Date(at));
  await put([
    datum({ Dimensions, Timestamp: first, Value: 2 }),
    datum({ Dimensions, Timestamp: first, Value: undefined, Values: [1, 5], Counts: [2, 1] }),
    datum({
      Dimensions,
      Timestamp: second,
      Value: undefined,
      StatisticValues: { SampleCount: 2, Sum: 30, Minimum: 10, Maximum: 20 },
    }),
    datum({ Dimensions: [...Dimensions, { Name: "Result", Value: "failed" }], Value: 7 }),
  ]);
  expect(await sums()).toEqual([9, 30]);
  expect(await sums("Maximum", 3600)).toEqual([20]);
  expect(await sums("SampleCount", 3600)).toEqual([6]);
  expect(await sums("Average", 3600)).toEqual([6.5]);
  const list = (input: object) =>
    cloudWatch
      .send(new ListMetricsCommand({ Namespace: "Test", ...input }))
      .then(({ Metrics }) => Metrics?.length);
  expect(await list({})).toBe(2);
  expect(await list({ Dimensions: [{ Name: "Result" }] })).toBe(1);
  expect(await list({ Dimensions: [{ Name: "Result", Value: "other" }] })).toBe(0);
});

test("a page of data points leads to the next", async () => {
  const at = (index: number) => new Date(START + index * MINUTE_MS);
  await put(
    Array.from({ length: 5 }, (_, index) => datum({ Dimensions, Timestamp: at(index), Value: index })),
  );
  const stat = { Metric: { Namespace: "Test", MetricName: "Builds", Dimensions }, Period: 60, Stat: "Sum" };
  const pages = paginateGetMetricData(
    { client: cloudWatch },
    {
      StartTime: at(0),
      EndTime: at(60),
      MaxDatapoints: 2,
      MetricDataQueries: [{ Id: "one", MetricStat: stat }],
    },
  );
  const values: number[][] = [];
  for await (const page of pages) values.push(page.MetricDataResults?.[0]?.Values ?? []);
  expect(values).toEqual([[4, 3], [2, 1], [0]]);
});

test("a thousand metrics go in one compressed request, and one more is refused", async () => {
  const many = (length: number) =>
    Array.from({ length }, (_, index) =>
      datum({ Dimensions: [{ Name: "Pipeline", Value: `pipeline-${index}` }] }),
    );
  await put(many(1000));
  await expect(put(many(1001), "Other")).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  expect((await cloudWatch.send(new ListMetricsCommand({ Namespace: "Other" }))).Metrics).toEqual([]);
  const first = await cloudWatch.send(new ListMetricsCommand({ Namespace: "Test" }));
  expect(first.Metrics).toHaveLength(500);
  const last = await cloudWatch.send(
    new ListMetricsCommand({ Namespace: "Test", NextToken: first.NextToken }),
  );
  expect(last.Metrics).toHaveLength(500);
  expect(last.NextToken).toBeUndefined();
});

const dimensions = (length: number) =>
  Array.from({ length }, (_, index) => ({ Name: `name-${index}`, Value: "x" }));
const REFUSED: [why: string, datum: Partial<MetricDatum>, namespace?: string][] = [
  ["a namespace of AWS's own", {}, "AWS/EC2"],
  ["a namespace that begins with a colon", {}, ":own"],
  ["no number", { Value: Number.NaN }],
  ["an infinite number", { Value: Number.POSITIVE_INFINITY }],
  ["a number beyond 2^360", { Value: 2 ** 361 }],
  ["more than two weeks ago", { Timestamp: new Date(START - 15 * 86_400_000) }],
  ["more than two hours from now", { Timestamp: new Date(START + 121 * MINUTE_MS) }],
  ["31 dimensions", { Dimensions: dimensions(31) }],
  ["two dimensions of one name", { Dimensions: [...Dimensions, ...Dimensions] }],
  ["a dimension that is not ASCII", { Dimensions: [{ Name: "Pipeline", Value: "wéb" }] }],
  ["a dimension of spaces", { Dimensions: [{ Name: "Pipeline", Value: "  " }] }],
  ["a dimension's name that begins with a colon", { Dimensions: [{ Name: ":Pipeline", Value: "web" }] }],
  ["a metric's name with a control character", { MetricName: "a\nb" }],
  ["a metric's name of 256 characters", { MetricName: "a".repeat(256) }],
  ["a unit that there is not", { Unit: "Bananas" as never }],
  ["a value and values", { Values: [1] }],
  ["neither", { Value: undefined }],
  ["151 values", { Value: undefined, Values: Array.from({ length: 151 }, (_, index) => index) }],
  ["counts for other values", { Value: undefined, Values: [1, 2], Counts: [1] }],
];
test.each(REFUSED)(
  "PutMetricData refuses %s, and the rest of the request with it",
  async (_, more, namespace) => {
    const refusal = await put([datum({}), datum(more)], namespace).then(
      () => undefined,
      (error: Error & { $metadata: object }) => error,
    );
    expect(refusal?.name).toMatch(/^(Invalid|Missing|Validation)/);
    expect(refusal?.$metadata).toMatchObject({ httpStatusCode: 400 });
    expect((await cloudWatch.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  },
);

test.each([
  ["30 dimensions", { Dimensions: dimensions(30) }],
  ["two weeks ago", { Timestamp: new Date(START - 14 * 86_400_000) }],
  ["two hours from now", { Timestamp: new Date(START + 120 * MINUTE_MS) }],
  ["the largest number", { Value: -(2 ** 360) }],
])("PutMetricData takes %s", async (_, more) => {
  await put([datum(more)]);
  expect((await cloudWatch.send(new ListMetricsCommand({}))).Metrics).toHaveLength(1);
});

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: "failures",
  Namespace: "Test",
  MetricName: "Builds",
  Dimensions,
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 2,
  DatapointsToAlarm: 1,
  Threshold: 0,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "notBreaching",
};
const alarm = async () =>
  (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ["failures"] }))).MetricAlarms?.[0];

test("an alarm follows its metric", async () => {
  await cloudWatch.send(new PutMetricAlarmCommand(ALARM));
  expect(await alarm()).toMatchObject({ StateValue: "INSUFFICIENT_DATA" });
  await put([datum({ Dimensions, Value: 2 })]);
  clock.advance(MINUTE_MS);
  expect(await alarm()).toMatchObject({
    StateValue: "ALARM",
    StateReason: expect.stringContaining("1 of 2"),
  });
  clock.advance(2 * MINUTE_MS);
  expect(await alarm()).toMatchObject({ StateValue: "OK" });
});

test("an alarm without data here keeps the state that was set, and the trouble settings hold it in ALARM", async () => {
  await cloudWatch.send(new PutMetricAlarmCommand(ALARM));
  const set = { AlarmName: "failures", StateValue: "OK", StateReason: "quiet" } as const;
  await cloudWatch.send(new SetAlarmStateCommand(set));
  clock.advance(10 * MINUTE_MS);
  expect(await alarm()).toMatchObject({ StateValue: "OK", StateReason: "quiet" });
  await expect(
    cloudWatch.send(new SetAlarmStateCommand({ ...set, StateReasonData: "{" })),
  ).rejects.toMatchObject({ name: "InvalidFormatFault" });
  const trouble = { method: "PUT", body: JSON.stringify({ alarms: ["failures", "of-others"] }) };
  await simulator.handle(new Request("http://localhost/_simulator/trouble", trouble));
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: "ALARM" }));
  expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(["failures", "of-others"]);
});

test("DeleteAlarms removes what is there and names what is not", async () => {
  await cloudWatch.send(new PutMetricAlarmCommand(ALARM));
  await expect(
    cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ["failures", "none"] })),
  ).rejects.toMatchObject({ name: "ResourceNotFound", message: expect.stringContaining("none") });
  expect(await alarm()).toBeUndefined();
});

test("the alarm that the demo's refresh listens to rolls it back, as DescribeAlarms says", async () => {
  const demo = clientConfig(createSimulator({ clock, seed: "demo", speed: 1 }), { account: DEMO_ACCOUNT });
  const [scaling, alarms] = [new AutoScalingClient(demo), new CloudWatchClient(demo)];
  const { AutoScalingGroups = [] } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
  const refreshes = async () => {
    const asked = AutoScalingGroups.map(({ AutoScalingGroupName }) =>
      scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName })),
    );
    const found = (await Promise.all(asked)).flatMap(({ InstanceRefreshes = [] }) => InstanceRefreshes);
    return found.find(({ Preferences }) => Preferences?.AlarmSpecification);
  };
  const AlarmName = (await refreshes())?.Preferences?.AlarmSpecification?.Alarms?.[0] ?? "";
  const described = async () =>
    (await alarms.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]?.StateValue;
  expect([await described(), (await refreshes())?.Status]).toEqual(["OK", "InProgress"]);
  await alarms.send(new SetAlarmStateCommand({ AlarmName, StateValue: "ALARM", StateReason: "tried" }));
  expect([await described(), (await refreshes())?.Status]).toEqual(["ALARM", "RollbackInProgress"]);
});
