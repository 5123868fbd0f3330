import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../engine/clock";
import { APPROVAL_WORKFLOW } from "../../seed/demo-approval";
import { buildToTheEnd, type Factory, newFactory } from "./factory-fixture";

/** A queue, and what has arrived in it so far. */
async function queueOf({ config }: Factory, QueueName: string) {
  const sqs = new SQS(config);
  const { QueueUrl } = await sqs.createQueue({ QueueName });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
  return {
    arn: Attributes?.QueueArn,
    async arrived() {
      const bodies = [];
      for (;;) {
        const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
        if (Messages.length === 0) return bodies;
        for (const { Body, ReceiptHandle } of Messages) {
          bodies.push(JSON.parse(Body ?? "{}"));
          await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
        }
      }
    },
  };
}

async function start(
  { client, imageRecipeArn, infrastructureConfigurationArn }: Factory,
  settings: object = {},
) {
  const build = { imageRecipeArn, infrastructureConfigurationArn, ...settings };
  return (await client.createImage(build)).imageBuildVersionArn;
}

describe("SNS", () => {
  it.each([
    ["AVAILABLE", ["echo built"]],
    ["FAILED", ["exit 1"]],
  ])("tells once that an image is %s, with the image as JSON", async (status, commands) => {
    const factory = await newFactory({ commands });
    const sns = new SNS(factory.config);
    const { TopicArn } = await sns.createTopic({ Name: "builds" });
    const queue = await queueOf(factory, "inbox");
    await sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint: queue.arn });
    const { infrastructureConfigurationArn } = await factory.client.createInfrastructureConfiguration({
      name: "loud",
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      snsTopicArn: TopicArn,
    });
    const arn = await start(factory, { infrastructureConfigurationArn });
    await buildToTheEnd(factory, arn);
    const messages = await queue.arrived();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ Type: "Notification", TopicArn });
    expect(JSON.parse(messages[0].Message)).toMatchObject({
      arn,
      versionlessArn: expect.stringMatching(/:image\/web-base$/),
      version: "1.0.0",
      buildVersion: 1,
      state: { status },
      dateCreated: "Nov 21, 2026 10:30:00 AM",
      buildType: "USER_INITIATED",
    });
  });
});

describe("EventBridge", () => {
  it("tells every change of state to queues that are named for it, with the reason of a failure", async () => {
    const factory = await newFactory({ commands: ["exit 1"] });
    const queue = await queueOf(factory, "imagebuilder-events");
    const arn = await start(factory);
    const image = await buildToTheEnd(factory, arn);
    const events = await queue.arrived();
    expect(events.map(({ detail }) => detail.state.status)).toEqual([
      "PENDING",
      "CREATING",
      "BUILDING",
      "FAILED",
    ]);
    expect(events.at(-1)).toMatchObject({
      version: "0",
      source: "aws.imagebuilder",
      "detail-type": "EC2 Image Builder Image State Change",
      account: "222222222222",
      region: "us-east-1",
      resources: [arn],
      detail: { "previous-state": { status: "BUILDING" }, state: { reason: image?.state?.reason } },
    });
  });

  it("tells that a workflow step waits, with what an answer needs", async () => {
    const factory = await newFactory();
    const queue = await queueOf(factory, "imagebuilder-events-approvals");
    const { workflowBuildVersionArn } = await factory.client.createWorkflow({
      name: "approval",
      semanticVersion: "1.0.0",
      type: "BUILD",
      data: APPROVAL_WORKFLOW.document,
    });
    const arn = await start(factory, {
      workflows: [{ workflowArn: workflowBuildVersionArn }],
      executionRole: "ImageBuilderWorkflowExecutionRole",
    });
    factory.clock.advance(120_000);
    const { steps } = await factory.client.listWaitingWorkflowSteps({});
    const waiting = (await queue.arrived()).filter((event) => /Step Waiting$/.test(event["detail-type"]));
    expect(waiting).toMatchObject([
      {
        resources: [arn, workflowBuildVersionArn],
        detail: {
          "workflow-execution-id": expect.stringMatching(/^wf-/),
          "workflow-step-execution-id": steps?.[0]?.stepExecutionId,
          "workflow-step-name": "ApproveHardening",
        },
      },
    ]);
  });

  it("tells that a pipeline was disabled, and the pipeline's log says so", async () => {
    const factory = await newFactory({ commands: ["exit 1"] });
    const queue = await queueOf(factory, "imagebuilder-events");
    const { client, clock, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const { imagePipelineArn } = await client.createImagePipeline({
      name: "Nightly",
      imageRecipeArn,
      infrastructureConfigurationArn,
      schedule: {
        scheduleExpression: "rate(1 hour)",
        pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
        autoDisablePolicy: { failureCount: 2 },
      },
    });
    for (let quarter = 0; quarter < 12; quarter++) {
      clock.advance(HOUR_MS / 4);
      await client.listImagePipelines({});
    }
    const { imagePipeline } = await client.getImagePipeline({ imagePipelineArn });
    expect(imagePipeline).toMatchObject({ status: "DISABLED", consecutiveFailures: 2 });
    const disabled = (await queue.arrived()).filter((event) => /Disabled$/.test(event["detail-type"]));
    expect(disabled).toMatchObject([
      {
        "detail-type": "EC2 Image Builder Image Pipeline Automatically Disabled",
        resources: [imagePipelineArn],
      },
    ]);
    const { events } = await new CloudWatchLogs(factory.config).getLogEvents({
      logGroupName: "/aws/imagebuilder/pipeline/Nightly",
      logStreamName: "2026/11/21",
      startFromHead: true,
    });
    expect(events?.at(-1)?.message).toContain("automatically disabled after 2 consecutive failures");
  });
});
