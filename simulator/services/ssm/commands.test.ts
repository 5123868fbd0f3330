import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { SSM } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { buildToTheEnd, newFactory, refusal } from "../imagebuilder/factory-fixture";

async function startedBuild(commands?: string[]) {
  const factory = await newFactory({ ...(commands && { commands }) });
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  return { ...factory, ssm: new SSM(factory.config), imageBuildVersionArn };
}

/** The id of the command that a build's log names, and the instance it ran on. */
async function loggedCommand({ config }: Awaited<ReturnType<typeof startedBuild>>) {
  const { events = [] } = await new CloudWatchLogs(config).getLogEvents({
    logGroupName: "/aws/imagebuilder/Web-Base",
    logStreamName: "1.0.0/1",
    startFromHead: true,
  });
  const text = events.map(({ message }) => message).join("\n");
  const CommandId = /Running command \(command id: ([^)]+)\)/.exec(text)?.[1];
  const InstanceId = /Launched instance \(instance id: ([^)]+)\)/.exec(text)?.[1];
  return { CommandId, InstanceId };
}

describe("the commands of a build", () => {
  it("are told by the id that stands in the log: in progress, then with AWSTOE's result", async () => {
    const build = await startedBuild(["sleep 300", "exit 4"]);
    build.clock.advance(15_000);
    const command = await loggedCommand(build);
    expect(await build.ssm.getCommandInvocation(command)).toMatchObject({ Status: "InProgress" });
    await buildToTheEnd(build, build.imageBuildVersionArn);
    const invocation = await build.ssm.getCommandInvocation(command);
    expect(invocation).toMatchObject({ Status: "Failed", ResponseCode: 1 });
    expect(JSON.parse(invocation.StandardOutputContent ?? "")).toMatchObject({
      status: "failed",
      failedStepCount: 1,
    });
    const { CommandInvocations } = await build.ssm.listCommandInvocations({ CommandId: command.CommandId });
    expect(CommandInvocations).toMatchObject([{ InstanceId: command.InstanceId, Status: "Failed" }]);
  });

  it("are given up when the build is canceled", async () => {
    const build = await startedBuild(["sleep 3000"]);
    build.clock.advance(20_000);
    const command = await loggedCommand(build);
    await build.client.cancelImageCreation({ imageBuildVersionArn: build.imageBuildVersionArn });
    await buildToTheEnd(build, build.imageBuildVersionArn);
    expect(await build.ssm.getCommandInvocation(command)).toMatchObject({ Status: "Cancelled" });
  });

  it("are unknown by another id", async () => {
    const { ssm } = await startedBuild();
    const unknown = { CommandId: "00000000-0000-4000-8000-000000000000", InstanceId: "i-0123456789abcdef0" };
    expect(await refusal(ssm.getCommandInvocation(unknown))).toContain("InvocationDoesNotExist");
  });
});

describe("a command that a caller sends", () => {
  it("runs on the instance of a build, and says what its script prints", async () => {
    const build = await startedBuild();
    build.clock.advance(8000);
    const { Reservations } = await new EC2(build.config).describeInstances({});
    const InstanceId = Reservations?.[0]?.Instances?.[0]?.InstanceId ?? "";
    const { InstanceInformationList } = await build.ssm.describeInstanceInformation({});
    expect(InstanceInformationList).toMatchObject([
      { InstanceId, PingStatus: "Online", PlatformType: "Linux" },
    ]);
    const { Command } = await build.ssm.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [InstanceId],
      Parameters: { commands: ["echo looking around", "exit 7"] },
    });
    build.clock.advance(5000);
    expect(await build.ssm.getCommandInvocation({ CommandId: Command?.CommandId, InstanceId })).toMatchObject(
      {
        Status: "Failed",
        ResponseCode: 7,
        StandardOutputContent: "looking around\n",
      },
    );
    expect((await build.ssm.listCommands({ CommandId: Command?.CommandId })).Commands).toMatchObject([
      { Status: "Failed", ErrorCount: 1 },
    ]);
  });

  it("is refused where no agent answers", async () => {
    const { ssm } = await startedBuild();
    const call = ssm.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ["i-0123456789abcdef0"],
      Parameters: { commands: ["true"] },
    });
    expect(await refusal(call)).toContain("not in a valid state for account 222222222222");
  });
});
