import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { STS } from "@aws-sdk/client-sts";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { BASE_IMAGE, componentDocument } from "../services/imagebuilder/factory-fixture";
import { clientConfig, createSimulator, type ManualClock, manualClock } from "../testing";
import { DAY_MS } from "./clock";
import type { Change, Storage } from "./storage";

/** What a row's member could be after a mistake: of the wrong type, empty, or of the right type and without sense. */
const BAD_VALUES: unknown[] = [
  null,
  undefined,
  "",
  "no such thing",
  -1,
  Number.NaN,
  1e300,
  true,
  [],
  [null],
  {},
];
/** Each member is tried with so many of them, the next member with the next ones. */
const VALUES_A_MEMBER = 2;
const BAD_SCHEDULES = [
  "cron(0 0 * * *)",
  "cron()",
  "cron(99 99 * * ? *)",
  "rate(no hours)",
  "every so often",
];
const ACCOUNT = "222222222222";
const OTHER = "333333333333";
const START = Date.UTC(2026, 10, 21, 10, 30);

/** A storage that holds what it is given, as a folder does between two starts. */
function keptStorage(kept: Map<string, Change[]>): Storage {
  const facts = new Map<string, string>();
  const journalOf = (key: string) => kept.get(key) ?? kept.set(key, []).get(key) ?? [];
  return {
    fact(name, initial) {
      const value = facts.get(name) ?? initial();
      facts.set(name, value);
      return value;
    },
    journal: (account, region) => ({
      read: () => [...journalOf(`${account} ${region}`)],
      append: (changes) => void journalOf(`${account} ${region}`).push(...changes),
    }),
    places: () =>
      [...kept.keys()].map((key) => {
        const [account = "", region = ""] = key.split(" ");
        return { account, region };
      }),
    close: () => {},
  };
}

/** An account whose every kind of row still has something to do. */
async function stock(kept: Map<string, Change[]>, clock: ManualClock): Promise<void> {
  const simulator = createSimulator({ clock, seed: "empty", storage: keptStorage(kept) });
  const client = new Imagebuilder(clientConfig(simulator, { account: ACCOUNT }));
  const { componentBuildVersionArn: componentArn } = await client.createComponent({
    name: "hello",
    semanticVersion: "1.0.0",
    platform: "Linux",
    data: componentDocument(["echo built"]),
  });
  const recipe = { name: "web", semanticVersion: "1.0.0", parentImage: BASE_IMAGE };
  const { imageRecipeArn } = await client.createImageRecipe({ ...recipe, components: [{ componentArn }] });
  const { infrastructureConfigurationArn } = await client.createInfrastructureConfiguration({
    name: "general",
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
  });
  const { distributionConfigurationArn } = await client.createDistributionConfiguration({
    name: "general",
    distributions: [
      { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
    ],
  });
  await client.createImagePipeline({
    name: "nightly",
    imageRecipeArn,
    infrastructureConfigurationArn,
    distributionConfigurationArn,
    schedule: { scheduleExpression: "cron(0 1 * * ? *)", timezone: "Europe/Berlin" },
  });
  await client.createImage({ imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn });
  await client.createLifecyclePolicy({
    name: "tidy",
    executionRole: "role",
    resourceType: "AMI_IMAGE",
    policyDetails: [
      { action: { type: "DELETE", includeResources: { amis: true } }, filter: { type: "COUNT", value: 1 } },
    ],
    resourceSelection: { recipes: [{ name: "web", semanticVersion: "x.x.x" }] },
  });
  clock.advance(60_000);
  await client.listImages({});
}

let kept: Map<string, Change[]>;
let said: ReturnType<typeof vi.spyOn>;
beforeAll(async () => {
  kept = new Map();
  await stock(kept, manualClock(START));
});
beforeEach(() => {
  said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => said.mockRestore());

/** The simulator started again with one row as `change` makes it, and a day and more gone by. */
function restarted(
  change: (row: Record<string, unknown>, table: string) => Record<string, unknown> | undefined,
) {
  const clock = manualClock(START + 120_000);
  const changed = new Map(
    [...kept].map(([place, changes]) => [
      place,
      [
        ...changes,
        ...changes.flatMap(({ table, key, row }) => {
          const bad = row && change(row as Record<string, unknown>, table);
          return bad ? [{ table, key, row: bad }] : [];
        }),
      ],
    ]),
  );
  const simulator = createSimulator({ clock, seed: "empty", storage: keptStorage(changed) });
  simulator.open();
  return { simulator, clock };
}

/** Everything here must answer, whatever became of the row. */
async function expectService({ simulator, clock }: ReturnType<typeof restarted>): Promise<void> {
  for (const passed of [0, 3 * DAY_MS]) {
    clock.advance(passed);
    const other = clientConfig(simulator, { account: OTHER });
    await new STS(other).getCallerIdentity({});
    await new EC2(other).describeImages({ Owners: ["self"] });
    await new CloudWatchLogs(other).describeLogGroups({});
    expect((await new Imagebuilder(other).listImagePipelines({})).imagePipelineList).toEqual([]);
    const same = clientConfig(simulator, { account: ACCOUNT });
    await new STS(same).getCallerIdentity({});
    await new EC2(same).describeImages({ Owners: ["self"] });
  }
}

const rowsOf = () =>
  [...new Set([...kept.values()].flat().map(({ table }) => table))].filter((table) =>
    table.startsWith("imagebuilder."),
  );

describe("one bad row is nobody else's failure", () => {
  test("in any member of any row of Image Builder, now and a day later", async () => {
    const tables = rowsOf();
    expect(tables.length).toBeGreaterThanOrEqual(8);
    let rounds = 0;
    for (const table of tables) {
      const rows = [...kept.values()].flat().filter((change) => change.table === table && change.row);
      const members = [...new Set(rows.flatMap(({ row }) => Object.keys(row as object)))];
      for (const member of members) {
        for (let count = 0; count < VALUES_A_MEMBER; count++) {
          const value = BAD_VALUES[rounds % BAD_VALUES.length];
          const started = restarted((row, of) => (of === table ? { ...row, [member]: value } : undefined));
          await expectService(started).catch((error: unknown) => {
            throw new Error(`${table}.${member} = ${JSON.stringify(value)}: ${error}`, { cause: error });
          });
          rounds++;
        }
      }
    }
    expect(rounds).toBeGreaterThan(150);
  }, 120_000);

  test.each(BAD_SCHEDULES)(
    "a pipeline with the schedule %s fails by name, and the other pipelines run",
    async (scheduleExpression) => {
      const started = restarted((row, table) =>
        table === "imagebuilder.pipelines"
          ? { ...row, schedule: { ...(row.schedule as object), scheduleExpression } }
          : undefined,
      );
      await expectService(started);
      const client = new Imagebuilder(clientConfig(started.simulator, { account: ACCOUNT }));
      const [pipeline] = (await client.listImagePipelines({})).imagePipelineList ?? [];
      expect(pipeline?.name).toBe("nightly");
      expect(started.simulator.failures()).toMatchObject([{ resource: pipeline?.arn }]);
      const sound = await client.createImagePipeline({
        name: "sound",
        imageRecipeArn: pipeline?.imageRecipeArn,
        infrastructureConfigurationArn: pipeline?.infrastructureConfigurationArn,
        schedule: { scheduleExpression: "cron(0 1 * * ? *)" },
      });
      started.clock.advance(2 * DAY_MS);
      const { imagePipelineArn } = sound;
      expect((await client.listImagePipelineImages({ imagePipelineArn })).imageSummaryList).not.toEqual([]);
    },
  );

  test("it is told as long as it fails, once on the console", async () => {
    const started = restarted((row, table) =>
      table === "imagebuilder.lifecycle-policies" ? { ...row, policyDetails: {} } : undefined,
    );
    await expectService(started);
    const { simulator } = started;
    const answer = await simulator.handle(new Request("http://simulator.test/_simulator/failures"));
    const resource = expect.stringContaining(":lifecycle-policy/tidy");
    const failure = { service: "imagebuilder", account: ACCOUNT, region: "us-east-1", resource };
    expect(await answer.json()).toMatchObject({ failures: [failure] });
    expect(simulator.failures()).toMatchObject([failure]);
    expect(
      said.mock.calls.filter(([text]: unknown[]) => String(text).includes("lifecycle-policy/tidy")),
    ).toHaveLength(1);
    const client = new Imagebuilder(clientConfig(simulator, { account: ACCOUNT }));
    const [policy] = (await client.listLifecyclePolicies({})).lifecyclePolicySummaryList ?? [];
    await client.deleteLifecyclePolicy({ lifecyclePolicyArn: policy?.arn });
    await client.listLifecyclePolicies({});
    expect(simulator.failures()).toEqual([]);
  });
});
