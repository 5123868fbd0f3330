import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { buildToTheEnd, type Factory, newFactory, refusal } from "./factory-fixture";

async function start(factory: Factory) {
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  return imageBuildVersionArn;
}

describe("a build", () => {
  it("ends AVAILABLE with an AMI that EC2 describes", async () => {
    const factory = await newFactory();
    const arn = await start(factory);
    const image = await buildToTheEnd(factory, arn);
    expect(image).toMatchObject({ name: "Web Base", version: "1.0.0/1", state: { status: "AVAILABLE" } });
    const ami = image?.outputResources?.amis?.[0];
    const { Images } = await new EC2(factory.config).describeImages({ Owners: ["self"] });
    expect(Images).toHaveLength(1);
    expect(Images?.[0]).toMatchObject({ ImageId: ami?.image, Name: ami?.name, State: "available" });
    expect(Images?.[0]?.Tags).toContainEqual({ Key: "CreatedBy", Value: "EC2 Image Builder" });
  });

  it("writes its own steps into the group of the original name", async () => {
    const factory = await newFactory({ commands: ["echo hello from the step"] });
    await buildToTheEnd(factory, await start(factory));
    const logs = new CloudWatchLogs(factory.config);
    const { events } = await logs.getLogEvents({
      logGroupName: "/aws/imagebuilder/Web-Base",
      logStreamName: "1.0.0/1",
      startFromHead: true,
    });
    const lines = events?.map(({ message }) => message);
    expect(lines).toContain("Step RunCommands");
    expect(lines).toContain("Stdout: hello from the step");
  });

  it("ends FAILED at the step whose command fails, with the reason AWS gives", async () => {
    const factory = await newFactory({ commands: ["echo broken >&2", "exit 3"] });
    const image = await buildToTheEnd(factory, await start(factory));
    expect(image?.state?.status).toBe("FAILED");
    expect(image?.state?.reason).toMatch(
      /^Workflow Execution ID: 'wf-.*' failed with reason: Document .*say-hello/,
    );
    expect(image?.outputResources?.amis).toEqual([]);
  });

  it("tells its workflows and steps by name, and each by id", async () => {
    const factory = await newFactory();
    const imageBuildVersionArn = await start(factory);
    await buildToTheEnd(factory, imageBuildVersionArn);
    const { client } = factory;
    const { workflowExecutions = [] } = await client.listWorkflowExecutions({ imageBuildVersionArn });
    expect(workflowExecutions.map(({ type, status }) => `${type} ${status}`)).toEqual([
      "BUILD COMPLETED",
      "TEST COMPLETED",
      "DISTRIBUTION COMPLETED",
    ]);
    const workflowExecutionId = workflowExecutions[0]?.workflowExecutionId;
    const { steps = [] } = await client.listWorkflowStepExecutions({ workflowExecutionId });
    expect(steps[0]).toMatchObject({
      name: "LaunchBuildInstance",
      action: "LaunchInstance",
      status: "COMPLETED",
    });
    const step = await client.getWorkflowStepExecution({ stepExecutionId: steps[0]?.stepExecutionId });
    expect(step).toMatchObject({ name: "LaunchBuildInstance", imageBuildVersionArn, timeoutSeconds: 4500 });
    const execution = await client.getWorkflowExecution({ workflowExecutionId });
    expect(execution).toMatchObject({ type: "BUILD", totalStepCount: 7, imageBuildVersionArn });
  });

  it("is canceled once, while it runs", async () => {
    const factory = await newFactory();
    const imageBuildVersionArn = await start(factory);
    factory.clock.advance(20_000);
    await factory.client.cancelImageCreation({ imageBuildVersionArn });
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.status).toBe("CANCELLED");
    const again = factory.client.cancelImageCreation({ imageBuildVersionArn });
    expect(await refusal(again)).toMatch(/^InvalidRequestException: .*its state is CANCELLED/);
  });

  it("counts its build number up and is listed newest first, without an ARN for the whole account", async () => {
    const factory = await newFactory();
    await start(factory);
    factory.clock.advance(1000);
    await start(factory);
    const { imageSummaryList } = await factory.client.listImageBuildVersions({});
    expect(imageSummaryList?.map(({ version }) => version)).toEqual(["1.0.0/2", "1.0.0/1"]);
  });

  it("is not deleted while it runs, and leaves its AMI when it is", async () => {
    const factory = await newFactory();
    const imageBuildVersionArn = await start(factory);
    expect(await refusal(factory.client.deleteImage({ imageBuildVersionArn }))).toMatch(
      /^InvalidRequestException/,
    );
    await buildToTheEnd(factory, imageBuildVersionArn);
    await factory.client.deleteImage({ imageBuildVersionArn });
    const { Images } = await new EC2(factory.config).describeImages({ Owners: ["self"] });
    expect(Images).toHaveLength(1);
  });

  it("skips TESTING when tests are disabled", async () => {
    const factory = await newFactory();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const { imageBuildVersionArn } = await client.createImage({
      imageRecipeArn,
      infrastructureConfigurationArn,
      imageTestsConfiguration: { imageTestsEnabled: false },
    });
    await buildToTheEnd(factory, imageBuildVersionArn);
    const { workflowExecutions } = await client.listWorkflowExecutions({ imageBuildVersionArn });
    expect(workflowExecutions?.map(({ type }) => type)).toEqual(["BUILD", "DISTRIBUTION"]);
  });

  it("meets the trouble that its infrastructure's resource tag asks for", async () => {
    const factory = await newFactory();
    const { client, imageRecipeArn } = factory;
    const { infrastructureConfigurationArn } = await client.createInfrastructureConfiguration({
      name: "offline",
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      resourceTags: { "simulator:fault": "ssm-timeout" },
    });
    const { imageBuildVersionArn } = await client.createImage({
      imageRecipeArn,
      infrastructureConfigurationArn,
    });
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.reason).toContain("InvalidInstanceId");
  });
});
