import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSimulator } from "./index";

/** A second opinion: the CLI has models and parsers of its own, so one library on both ends cannot hide a mistake. */
const isInstalled = spawnSync("aws", ["--version"]).status === 0;
const run = promisify(execFile);

describe.skipIf(!isInstalled)("the AWS CLI (needs `aws` on the path)", () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, seed: "empty" });
  });
  afterAll(() => simulator.close());

  async function aws(...words: string[]): Promise<Record<string, unknown>> {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "222222222222",
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_PAGER: "",
    };
    const common = ["--endpoint-url", simulator.url, "--region", "us-east-1", "--output", "json"];
    const { stdout } = await run("aws", [...common, ...words], { env, timeout: 60_000 });
    return stdout.trim() ? JSON.parse(stdout) : {};
  }

  const calls: [string, string[], object][] = [
    ["awsQuery", ["sts", "get-caller-identity"], { Account: "222222222222" }],
    ["ec2Query", ["ec2", "describe-vpcs"], { Vpcs: [{ IsDefault: true, CidrBlock: "172.31.0.0/16" }] }],
    ["awsJson", ["logs", "describe-log-groups"], { logGroups: [] }],
    ["restJson", ["imagebuilder", "list-image-pipelines"], { imagePipelineList: [] }],
    ["restXml", ["s3api", "create-bucket", "--bucket", "logs"], { Location: "/logs" }],
    [
      "iam",
      ["iam", "list-instance-profiles"],
      { InstanceProfiles: [{ InstanceProfileName: "EC2InstanceProfileForImageBuilder" }] },
    ],
    [
      "kms",
      ["kms", "list-aliases"],
      { Aliases: [{ AliasName: "alias/aws/ebs" }, { AliasName: "alias/image-builder" }] },
    ],
    [
      "sqs",
      ["sqs", "create-queue", "--queue-name", "inbox"],
      { QueueUrl: "https://sqs.us-east-1.amazonaws.com/222222222222/inbox" },
    ],
    ["ecr", ["ecr", "describe-repositories"], { repositories: [] }],
    ["autoscaling", ["autoscaling", "describe-auto-scaling-groups"], { AutoScalingGroups: [] }],
    ["organizations", ["organizations", "list-roots"], { Roots: [{ Name: "Root" }] }],
  ];

  test.each(calls)(
    "%s is understood: %j",
    async (_protocol, words, answer) => {
      expect(await aws(...words)).toMatchObject(answer);
    },
    60_000,
  );

  test("an error keeps its code and its message", async () => {
    const failing = aws(
      "imagebuilder",
      "get-image-pipeline",
      "--image-pipeline-arn",
      "arn:aws:imagebuilder:us-east-1:222222222222:image-pipeline/none",
    );
    await expect(failing).rejects.toMatchObject({
      stderr: expect.stringContaining("(ResourceNotFoundException)"),
    });
  }, 60_000);
});
