import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, test } from "vitest";
import { startSimulator } from "./index";

/**
 * A second opinion: the CLI has models and parsers of its own, so one library on both ends cannot hide a mistake.
 * A call of it takes a second or more, so the stories run side by side.
 */
const isInstalled = spawnSync("aws", ["--version"]).status === 0;
const run = promisify(execFile);
const STORY_MS = 240_000;
/** At the pace of life no build ends before a slow call has canceled it. */
const BUILD_SPEED = 1;
const ARN = "arn:aws:imagebuilder:us-east-1:222222222222";
const BASE_IMAGE = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Hello
        action: ExecuteBash
        inputs:
          commands:
            - echo hello
`;
const WORKFLOW = "name: waits\nschemaVersion: 1.0\nsteps:\n  - name: Approve\n    action: WaitForAction\n";
const POLICY_DETAILS = [
  { action: { type: "DELETE", includeResources: { amis: true } }, filter: { type: "COUNT", value: 3 } },
];

describe.skipIf(!isInstalled)("the AWS CLI (needs `aws` on the path)", () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, seed: "empty", speed: BUILD_SPEED });
  });
  afterAll(() => simulator.close());

  async function aws(...words: string[]): Promise<Record<string, unknown>> {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "222222222222",
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_PAGER: "",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const common = ["--endpoint-url", simulator.url, "--region", "us-east-1", "--output", "json"];
    const { stdout } = await run("aws", [...common, ...words], { env, timeout: 60_000 });
    return stdout.trim() ? JSON.parse(stdout) : {};
  }

  /** `imagebuilder("get-component", { componentBuildVersionArn })`: the request as the CLI reads it from JSON. */
  const imagebuilder = (command: string, input: object = {}) =>
    aws("imagebuilder", command, "--cli-input-json", JSON.stringify(input));

  test.concurrent(
    "writes and reads components, their policies and tags",
    async ({ expect }) => {
      const component = { name: "hello", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT };
      const componentBuildVersionArn = `${ARN}:component/hello/1.0.0/1`;
      expect(await imagebuilder("create-component", component)).toMatchObject({ componentBuildVersionArn });
      const policy = '{"Version":"2012-10-17","Statement":[]}';
      await imagebuilder("put-component-policy", { componentArn: componentBuildVersionArn, policy });
      expect(
        await imagebuilder("get-component-policy", { componentArn: componentBuildVersionArn }),
      ).toMatchObject({ policy });
      const tags = { team: "web" };
      await imagebuilder("tag-resource", { resourceArn: componentBuildVersionArn, tags });
      expect(await imagebuilder("get-component", { componentBuildVersionArn })).toMatchObject({
        component: { arn: componentBuildVersionArn, data: DOCUMENT, type: "BUILD", encrypted: true, tags },
      });
    },
    STORY_MS,
  );

  test.concurrent(
    "makes a pipeline of its parts, runs it and cancels the build",
    async ({ expect }) => {
      const recipe = { name: "web", semanticVersion: "1.0.0", parentImage: BASE_IMAGE };
      const { imageRecipeArn } = await imagebuilder("create-image-recipe", recipe);
      const infrastructure = { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder" };
      const { infrastructureConfigurationArn } = await imagebuilder(
        "create-infrastructure-configuration",
        infrastructure,
      );
      const distributions = [
        {
          region: "us-east-1",
          amiDistributionConfiguration: {
            name: "web-{{ imagebuilder:buildDate }}",
            launchPermission: { userIds: ["333333333333"] },
          },
        },
      ];
      const { distributionConfigurationArn } = await imagebuilder("create-distribution-configuration", {
        name: "web",
        distributions,
      });
      expect(
        await imagebuilder("get-distribution-configuration", { distributionConfigurationArn }),
      ).toMatchObject({ distributionConfiguration: { distributions, timeoutMinutes: 720 } });
      const schedule = { scheduleExpression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" };
      const parts = { imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn };
      const { imagePipelineArn } = await imagebuilder("create-image-pipeline", {
        name: "web",
        ...parts,
        schedule,
      });
      expect(await imagebuilder("get-image-pipeline", { imagePipelineArn })).toMatchObject({
        imagePipeline: { ...parts, schedule, status: "ENABLED", consecutiveFailures: 0 },
      });
      const started = await imagebuilder("start-image-pipeline-execution", { imagePipelineArn });
      const { imageBuildVersionArn } = started;
      expect(await imagebuilder("get-image", { imageBuildVersionArn })).toMatchObject({
        image: {
          arn: imageBuildVersionArn,
          sourcePipelineArn: imagePipelineArn,
          buildType: "USER_INITIATED",
        },
      });
      await imagebuilder("cancel-image-creation", { imageBuildVersionArn });
      expect(await imagebuilder("list-image-build-versions")).toMatchObject({
        imageSummaryList: [{ version: "1.0.0/1" }],
      });
    },
    STORY_MS,
  );

  test.concurrent(
    "keeps workflows and lifecycle policies",
    async ({ expect }) => {
      const workflow = { name: "waits", semanticVersion: "1.0.0", type: "BUILD", data: WORKFLOW };
      const { workflowBuildVersionArn } = await imagebuilder("create-workflow", workflow);
      expect(await imagebuilder("get-workflow", { workflowBuildVersionArn })).toMatchObject({
        workflow: { name: "waits", version: "1.0.0", type: "BUILD", data: WORKFLOW },
      });
      const policy = {
        name: "keep-three",
        executionRole: "ImageBuilderLifecycleRole",
        resourceType: "AMI_IMAGE",
        policyDetails: POLICY_DETAILS,
        resourceSelection: { tagMap: { team: "web" } },
      };
      const { lifecyclePolicyArn } = await imagebuilder("create-lifecycle-policy", policy);
      expect(await imagebuilder("get-lifecycle-policy", { lifecyclePolicyArn })).toMatchObject({
        lifecyclePolicy: { ...policy, status: "ENABLED", dateCreated: expect.anything() },
      });
    },
    STORY_MS,
  );

  test.concurrent(
    "pages to the end, and reads errors with their code and message",
    async ({ expect }) => {
      const { componentVersionList } = await aws(
        ...["imagebuilder", "list-components", "--owner", "Amazon", "--page-size", "15"],
      );
      expect((componentVersionList as unknown[]).length).toBeGreaterThan(15);
      const missing = imagebuilder("get-image-pipeline", { imagePipelineArn: `${ARN}:image-pipeline/none` });
      await expect(missing).rejects.toMatchObject({
        stderr: expect.stringContaining("(ResourceNotFoundException)"),
      });
      const dry = { name: "dry", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT, dryRun: true };
      await expect(imagebuilder("create-component", dry)).rejects.toMatchObject({
        stderr: expect.stringContaining("(DryRunOperationException)"),
      });
      const wrong = imagebuilder("get-component", { componentBuildVersionArn: "no ARN" });
      await expect(wrong).rejects.toMatchObject({
        stderr: expect.stringContaining("at 'componentBuildVersionArn' failed to satisfy constraint"),
      });
    },
    STORY_MS,
  );

  test.concurrent(
    "speaks to the neighbours in each protocol",
    async ({ expect }) => {
      const calls: [string[], object][] = [
        [["sts", "get-caller-identity"], { Account: "222222222222" }],
        [["ec2", "describe-vpcs"], { Vpcs: [{ IsDefault: true, CidrBlock: "172.31.0.0/16" }] }],
        [["s3api", "create-bucket", "--bucket", "logs"], { Location: "/logs" }],
        [
          ["iam", "list-instance-profiles"],
          { InstanceProfiles: [{ InstanceProfileName: "EC2InstanceProfileForImageBuilder" }] },
        ],
        [
          ["sqs", "create-queue", "--queue-name", "inbox"],
          { QueueUrl: "https://sqs.us-east-1.amazonaws.com/222222222222/inbox" },
        ],
        [
          ["ssm", "put-parameter", "--name", "/golden/web", "--value", "ami-1", "--type", "String"],
          { Version: 1, Tier: "Standard" },
        ],
        [["ssm", "get-parameter", "--name", "/golden/web"], { Parameter: { Value: "ami-1" } }],
      ];
      for (const [words, answer] of calls) {
        expect(await aws(...words), words.join(" ")).toMatchObject(answer);
      }
    },
    STORY_MS,
  );

  test.concurrent(
    "writes log lines and reads them",
    async ({ expect }) => {
      const place = ["--log-group-name", "/cli", "--log-stream-name", "one"];
      await aws("logs", "create-log-group", "--log-group-name", "/cli");
      await aws("logs", "create-log-stream", ...place);
      const timestamp = Date.now();
      const events = JSON.stringify([{ timestamp, message: "hello from the CLI" }]);
      await aws("logs", "put-log-events", ...place, "--log-events", events);
      expect(await aws("logs", "get-log-events", ...place)).toMatchObject({
        events: [{ timestamp, message: "hello from the CLI" }],
      });
    },
    STORY_MS,
  );

  test.concurrent(
    "sends metrics, reads them back and sets an alarm",
    async ({ expect }) => {
      const metric = { MetricName: "Builds", Dimensions: [{ Name: "Pipeline", Value: "web" }] };
      const data = [{ ...metric, Value: 3, Unit: "Count" }];
      const put = ["cloudwatch", "put-metric-data", "--namespace", "Test", "--metric-data"];
      await aws(...put, JSON.stringify(data));
      expect(await aws("cloudwatch", "list-metrics", "--namespace", "Test")).toMatchObject({
        Metrics: [{ Namespace: "Test", ...metric }],
      });
      const stat = { Metric: { Namespace: "Test", ...metric }, Period: 3600, Stat: "Sum" };
      const [start, end] = [-7_200_000, 7_200_000].map((away) => new Date(Date.now() + away).toISOString());
      const range = ["--start-time", String(start), "--end-time", String(end)];
      const queries = ["--metric-data-queries", JSON.stringify([{ Id: "builds", MetricStat: stat }])];
      expect(await aws("cloudwatch", "get-metric-data", ...range, ...queries)).toMatchObject({
        MetricDataResults: [{ Id: "builds", Label: "Builds", Values: [3], StatusCode: "Complete" }],
      });
      await expect(
        aws(...put, JSON.stringify([{ ...metric, Value: 0 }]).replace('"Value":0', '"Value":NaN')),
      ).rejects.toThrow(/InvalidParameterValue.*MetricData\.member\.1\.Value/);
      const alarm = ["--alarm-name", "web-5xx"];
      const words =
        "--metric-name 5XX --namespace AWS/ELB --statistic Sum --period 60 --evaluation-periods 1 --threshold 5 --comparison-operator GreaterThanThreshold";
      await aws("cloudwatch", "put-metric-alarm", ...alarm, ...words.split(" "));
      const state = ["--state-value", "ALARM", "--state-reason", "tried"];
      await aws("cloudwatch", "set-alarm-state", ...alarm, ...state);
      expect(await aws("cloudwatch", "describe-alarms", "--alarm-names", "web-5xx")).toMatchObject({
        MetricAlarms: [{ AlarmName: "web-5xx", StateValue: "ALARM", StateReason: "tried", Threshold: 5 }],
        CompositeAlarms: [],
      });
      await aws("cloudwatch", "delete-alarms", "--alarm-names", "web-5xx");
      await expect(aws("cloudwatch", "set-alarm-state", ...alarm, ...state)).rejects.toThrow(
        "ResourceNotFound",
      );
    },
    STORY_MS,
  );
});
