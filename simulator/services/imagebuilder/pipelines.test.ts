import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { SSM } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../engine/clock";
import { buildToTheEnd, componentDocument, type Factory, newFactory, refusal } from "./factory-fixture";

async function createPipeline(factory: Factory, settings: object = {}) {
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const pipeline = { name: "Web", imageRecipeArn, infrastructureConfigurationArn, ...settings };
  const { imagePipelineArn } = await client.createImagePipeline(pipeline);
  return imagePipelineArn;
}

const hourly = {
  schedule: {
    scheduleExpression: "cron(0 * * * ? *)",
    pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" as const,
  },
};

describe("pipelines", () => {
  it("have AWS's defaults", async () => {
    const factory = await newFactory();
    const { imagePipeline } = await factory.client.getImagePipeline({
      imagePipelineArn: await createPipeline(factory),
    });
    expect(imagePipeline).toMatchObject({
      status: "ENABLED",
      platform: "Linux",
      enhancedImageMetadataEnabled: true,
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 },
    });
  });

  it("lose on update what the update leaves out", async () => {
    const factory = await newFactory();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const imagePipelineArn = await createPipeline(factory, {
      ...hourly,
      description: "old",
      status: "DISABLED",
    });
    await client.updateImagePipeline({ imagePipelineArn, imageRecipeArn, infrastructureConfigurationArn });
    const { imagePipeline } = await client.getImagePipeline({ imagePipelineArn });
    expect(imagePipeline).toMatchObject({ name: "Web", status: "ENABLED" });
    expect(imagePipeline?.description).toBeUndefined();
    expect(imagePipeline?.schedule).toBeUndefined();
  });

  it("are started by hand even when disabled, and list their builds", async () => {
    const factory = await newFactory();
    const imagePipelineArn = await createPipeline(factory, { status: "DISABLED" });
    const run = await factory.client.startImagePipelineExecution({ imagePipelineArn, tags: { by: "hand" } });
    await buildToTheEnd(factory, run.imageBuildVersionArn);
    const { imageSummaryList } = await factory.client.listImagePipelineImages({ imagePipelineArn });
    expect(imageSummaryList).toMatchObject([
      {
        arn: run.imageBuildVersionArn,
        buildType: "USER_INITIATED",
        tags: { by: "hand" },
        state: { status: "AVAILABLE" },
      },
    ]);
  });

  it("start by their schedule as the clock moves, and say so in their log", async () => {
    const factory = await newFactory();
    const imagePipelineArn = await createPipeline(factory, hourly);
    factory.clock.advance(2 * HOUR_MS);
    const { imageSummaryList } = await factory.client.listImagePipelineImages({ imagePipelineArn });
    expect(imageSummaryList?.map(({ buildType, dateCreated }) => `${buildType} ${dateCreated}`)).toEqual([
      "SCHEDULED 2026-11-21T12:00:00.000Z",
      "SCHEDULED 2026-11-21T11:00:00.000Z",
    ]);
    const { events } = await new CloudWatchLogs(factory.config).getLogEvents({
      logGroupName: "/aws/imagebuilder/pipeline/Web",
      logStreamName: "2026/11/21",
      startFromHead: true,
    });
    expect(events?.[0]?.message).toContain(imageSummaryList?.[1]?.arn);
  });

  it("skip a run when nothing they depend on has changed, and start when it has", async () => {
    const factory = await newFactory();
    const { client, clock } = factory;
    const { imageRecipeArn } = await client.createImageRecipe({
      name: "follows",
      semanticVersion: "1.0.0",
      parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
      components: [{ componentArn: "arn:aws:imagebuilder:us-east-1:222222222222:component/say-hello/x.x.x" }],
    });
    const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
    const imagePipelineArn = await createPipeline(factory, { imageRecipeArn, schedule });
    const builds = async () =>
      (await client.listImagePipelineImages({ imagePipelineArn })).imageSummaryList?.length;
    clock.advance(3 * HOUR_MS);
    expect(await builds()).toBe(1);
    const data = componentDocument(["echo changed"]);
    await client.createComponent({ name: "Say Hello", semanticVersion: "1.1.0", platform: "Linux", data });
    clock.advance(2 * HOUR_MS);
    expect(await builds()).toBe(2);
  });

  it("make up for the newest runs alone when nobody looked for years", async () => {
    const factory = await newFactory();
    const schedule = { ...hourly.schedule, scheduleExpression: "cron(* * * * ? *)" };
    const imagePipelineArn = await createPipeline(factory, { schedule });
    factory.clock.advance(5 * 365 * 24 * HOUR_MS);
    const { imageSummaryList, nextToken } = await factory.client.listImagePipelineImages({
      imagePipelineArn,
      maxResults: 25,
    });
    expect(imageSummaryList).toHaveLength(25);
    const rest = await factory.client.listImagePipelineImages({
      imagePipelineArn,
      maxResults: 25,
      nextToken,
    });
    expect(rest.imageSummaryList).toHaveLength(25);
    expect(rest.nextToken).toBeUndefined();
  });

  it("are disabled after five scheduled failures in a row", async () => {
    const factory = await newFactory({ commands: ["exit 1"] });
    const imagePipelineArn = await createPipeline(factory, hourly);
    for (let hour = 0; hour < 5; hour++) {
      factory.clock.advance(HOUR_MS);
      await factory.client.listImagePipelines({});
      factory.clock.advance(HOUR_MS / 4);
      await factory.client.listImagePipelines({});
    }
    const { imagePipeline } = await factory.client.getImagePipeline({ imagePipelineArn });
    expect(imagePipeline).toMatchObject({
      status: "DISABLED",
      consecutiveFailures: 5,
      lastRunStatus: "FAILED",
    });
    expect(imagePipeline?.dateNextRun).toBeUndefined();
  });

  it.each([
    [
      "both kinds of recipe",
      { containerRecipeArn: "arn:aws:imagebuilder:us-east-1:222222222222:container-recipe/c/1.0.0" },
      "exactly one",
    ],
    [
      "no infrastructure",
      {
        infrastructureConfigurationArn:
          "arn:aws:imagebuilder:us-east-1:222222222222:infrastructure-configuration/none",
      },
      "does not exist",
    ],
    [
      "a schedule that is none",
      { schedule: { scheduleExpression: "cron(0 0 1 * SUN *)" } },
      "scheduleExpression",
    ],
    [
      "workflows without a role",
      { workflows: [{ workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x" }] },
      "executionRole",
    ],
    [
      "a managed workflow of one version",
      {
        executionRole: "role",
        workflows: [{ workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.3" }],
      },
      "AWS managed workflows must have latest version 'x.x.x'",
    ],
  ])("are refused with %s", async (_what, change, words) => {
    const factory = await newFactory();
    expect(await refusal(createPipeline(factory, change))).toContain(words);
  });
});

describe("a schedule that waits for updates", () => {
  const schedule = { scheduleExpression: "cron(0 * * * ? *)" };

  async function following(factory: Factory, parentImage: string) {
    const { imageRecipeArn } = await factory.client.createImageRecipe({
      name: "downstream",
      semanticVersion: "1.0.0",
      parentImage,
    });
    const imagePipelineArn = await createPipeline(factory, { name: "Downstream", imageRecipeArn, schedule });
    return async () => {
      factory.clock.advance(2 * HOUR_MS);
      const { imageSummaryList } = await factory.client.listImagePipelineImages({ imagePipelineArn });
      return imageSummaryList?.length;
    };
  }

  it("starts when the value of its SSM parameter has changed", async () => {
    const factory = await newFactory();
    const ssm = new SSM(factory.config);
    const parameter = { Name: "/imagebuilder/golden", Type: "String" as const, Overwrite: true };
    const { Images = [] } = await new EC2(factory.config).describeImages({ Owners: ["amazon"] });
    await ssm.putParameter({ ...parameter, Value: Images[0]?.ImageId ?? "" });
    const buildsLater = await following(factory, "ssm:/imagebuilder/golden");
    expect(await buildsLater()).toBe(1);
    expect(await buildsLater()).toBe(1);
    await ssm.putParameter({ ...parameter, Value: Images[1]?.ImageId ?? "" });
    expect(await buildsLater()).toBe(2);
  });

  it("starts when the image it builds on was built again", async () => {
    const factory = await newFactory();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const buildUpstream = async () => {
      const upstream = await client.createImage({ imageRecipeArn, infrastructureConfigurationArn });
      await buildToTheEnd(factory, upstream.imageBuildVersionArn);
    };
    await buildUpstream();
    const buildsLater = await following(
      factory,
      "arn:aws:imagebuilder:us-east-1:222222222222:image/web-base/x.x.x",
    );
    expect(await buildsLater()).toBe(1);
    expect(await buildsLater()).toBe(1);
    await buildUpstream();
    expect(await buildsLater()).toBe(2);
  });

  it("never starts twice on an AMI id, which cannot change", async () => {
    const factory = await newFactory();
    const { Images = [] } = await new EC2(factory.config).describeImages({ Owners: ["amazon"] });
    const buildsLater = await following(factory, Images[0]?.ImageId ?? "");
    expect(await buildsLater()).toBe(1);
    expect(await buildsLater()).toBe(1);
  });
});
