import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { trustedBy } from "./iam-choices";
import { listChoices } from "./list-choices";
import { CHOICE_KINDS, type ChoiceKind } from "./types";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const choicesOf = (kind: ChoiceKind, region?: string) =>
  listChoices({ ctx: testConsole.contextOf(), input: { kind, region } });
const clientOptions = async (region: string) => ({
  region,
  endpoint: await testConsole.imageBuilder.config
    .endpoint?.()
    .then(({ protocol, hostname, port }) => `${protocol}//${hostname}:${port}`),
  credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
});

describe("listChoices", () => {
  it.each(CHOICE_KINDS)("answers for %s without a reason to excuse itself", async (kind) => {
    const { choices, reason } = await choicesOf(kind);
    expect(reason).toBeUndefined();
    expect(choices.every(({ value, label }) => value !== "" && label !== "")).toBe(true);
  });

  it("offers each subnet and security group with the VPC it belongs to", async () => {
    const [vpcs, subnets, groups] = await Promise.all(
      (["vpcs", "subnets", "security-groups"] as const).map((kind) => choicesOf(kind)),
    );
    const vpcId = vpcs?.choices[0]?.value;
    expect(vpcId).toMatch(/^vpc-/);
    expect(subnets?.choices.length).toBeGreaterThan(1);
    expect(
      [...(subnets?.choices ?? []), ...(groups?.choices ?? [])].every((one) => one.vpcId === vpcId),
    ).toBe(true);
  });

  it("offers Amazon's images at their latest version, whatever it is", async () => {
    const { choices } = await choicesOf("base-images");
    expect(choices).toContainEqual(
      expect.objectContaining({
        value: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
        group: "Managed by Amazon",
        platform: "Linux",
        imageType: "AMI",
      }),
    );
  });

  it("offers a parameter that holds an AMI as the base image", async () => {
    const ssm = new SSMClient(await clientOptions("us-east-1"));
    await ssm.send(
      new PutParameterCommand({
        Name: "/imagebuilder/web",
        Value: "ami-0123456789abcdef0",
        Type: "String",
        DataType: "aws:ec2:image",
      }),
    );
    testConsole.clock.advance(60_000);
    const { choices } = await choicesOf("base-images");
    expect(choices).toContainEqual(expect.objectContaining({ value: "ssm:/imagebuilder/web" }));
  });

  it("asks the Region it is told to", async () => {
    const ec2 = new EC2Client(await clientOptions("eu-central-1"));
    const LaunchTemplateData = { InstanceType: "m7i.large" as const };
    await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: "nodes", LaunchTemplateData }));
    const there = await choicesOf("launch-templates", "eu-central-1");
    expect(there.choices.map(({ label }) => label)).toEqual(["nodes"]);
    expect((await choicesOf("launch-templates")).choices).toEqual([]);
  });

  it("refuses a Region that the account does not have, before it becomes a host's name", async () => {
    const calls = testConsole.calls.length;
    await expect(choicesOf("kms-keys", "evil.example.com#")).rejects.toMatchObject({
      detail: { code: "invalid", message: "The Region evil.example.com# is not enabled in this account." },
    });
    expect(testConsole.calls.slice(calls).every(({ region }) => region === "us-east-1")).toBe(true);
  });

  it("refuses a kind there is none of", async () => {
    await expect(choicesOf("passwords" as ChoiceKind)).rejects.toThrow("There are no such choices.");
  });

  it("asks AWS once for ten viewers", async () => {
    testConsole.clock.advance(HOUR_MS);
    const before = testConsole.calls.length;
    await Promise.all(Array.from({ length: 10 }, () => choicesOf("vpcs")));
    expect(testConsole.calls.length - before).toBe(1);
  });
});

describe("trustedBy", () => {
  const policy = (Principal: unknown, Effect = "Allow") =>
    encodeURIComponent(JSON.stringify({ Statement: [{ Effect, Principal, Action: "sts:AssumeRole" }] }));

  it.each([
    [policy({ Service: "ec2.amazonaws.com" }), ["ec2.amazonaws.com"]],
    [
      policy({ Service: ["imagebuilder.amazonaws.com", "ec2.amazonaws.com"] }),
      ["imagebuilder.amazonaws.com", "ec2.amazonaws.com"],
    ],
    [policy({ AWS: "arn:aws:iam::111111111111:root" }), []],
    [policy("*"), []],
    [policy({ Service: "ec2.amazonaws.com" }, "Deny"), []],
    ["%7Bnot json", []],
    ["%", []],
  ])("reads the services of %s", (document, services) => {
    expect(trustedBy(document)).toEqual(services);
  });
});
