import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetImagePipelineCommand, ImagebuilderClient, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock, type SimulatorOptions } from "../testing";

const clock = manualClock(Date.UTC(2026, 10, 20));

function given(trouble: SimulatorOptions["trouble"] = {}) {
  const simulator = createSimulator({ clock, seed: "empty", trouble });
  const config = clientConfig(simulator);
  return {
    simulator,
    imagebuilder: new ImagebuilderClient(config),
    logs: new CloudWatchLogsClient(config),
    ec2: new EC2Client(config),
  };
}

test("calls beyond the rate are throttled until the clock has moved on", async () => {
  const { logs } = given({ throttle: { "logs:DescribeLogGroups": 2 } });
  const call = () => logs.send(new DescribeLogGroupsCommand({}));
  await call();
  await call();
  await expect(call()).rejects.toMatchObject({
    name: "ThrottlingException",
    $metadata: { httpStatusCode: 400 },
  });
  clock.advance(500);
  await call();
});

test("a denied action is refused in each protocol's own form, naming the action", async () => {
  const { imagebuilder, ec2, logs } = given({ denied: ["imagebuilder:ListImages", "ec2:*"] });
  await expect(imagebuilder.send(new ListImagesCommand({}))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining("is not authorized to perform: imagebuilder:ListImages"),
  });
  await expect(ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: "UnauthorizedOperation",
  });
  await logs.send(new DescribeLogGroupsCommand({}));
});

test("a share of the calls fails, the same ones in every run", async () => {
  const { logs } = given({ failureRate: 0.5 });
  const answers: number[] = [];
  for (let index = 0; index < 4; index++) {
    const status = (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode;
    answers.push(await logs.send(new DescribeLogGroupsCommand({})).then(() => 200, status));
  }
  expect(answers).toEqual([200, 503, 200, 503]);
});

test("a dropped call has no answer at all", async () => {
  const { logs } = given({ dropRate: 1 });
  await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.not.toHaveProperty(
    "$metadata.httpStatusCode",
  );
});

test("a name that ends in -throttled answers 429 twice, then goes through", async () => {
  const { imagebuilder } = given();
  const imagePipelineArn = "arn:aws:imagebuilder:us-east-1:222222222222:image-pipeline/web-throttled";
  const call = () =>
    imagebuilder.send(new GetImagePipelineCommand({ imagePipelineArn })).catch((thrown) => thrown.name);
  expect([await call(), await call(), await call()]).toEqual([
    "CallRateLimitExceededException",
    "CallRateLimitExceededException",
    "ResourceNotFoundException",
  ]);
});

test("trouble is set for one account while the simulator runs, and taken away again", async () => {
  const { simulator, logs } = given();
  const change = (method: string, body?: string) =>
    simulator.handle(
      new Request("http://simulator.test/_simulator/trouble?account=222222222222", {
        method,
        ...(body && { body }),
      }),
    );
  await change("PUT", '{"denied":["logs:*"]}');
  const other = new CloudWatchLogsClient(clientConfig(simulator, { account: "333333333333" }));
  await other.send(new DescribeLogGroupsCommand({}));
  await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await change("DELETE");
  await logs.send(new DescribeLogGroupsCommand({}));
  const wrong = await change("PUT", '{"denied":"all"}');
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    { message: expect.stringContaining("denied must be a list") },
  ]);
});
