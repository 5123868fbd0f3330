import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { receiveBuildEvents } from "./build-events";

const ARN = "arn:aws:imagebuilder:us-east-1:222222222222:image/web/1.0.0/1";

let testConsole: TestConsole;
let aws: UseCaseContext["aws"];
let queueUrl: string;
beforeEach(async () => {
  testConsole = await startTestConsole();
  ({ aws } = testConsole.contextOf());
  const { QueueUrl = "" } = await aws.sqs.write(new CreateQueueCommand({ QueueName: "builds" }));
  queueUrl = QueueUrl;
});
afterEach(() => testConsole.close());

const send = (body: unknown) =>
  aws.sqs.write(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );

it("events of builds name what they are about; each is taken once, and other messages are left", async () => {
  await send({
    source: "aws.imagebuilder",
    "detail-type": "EC2 Image Builder Image State Change",
    resources: [ARN],
  });
  await send({ source: "aws.ec2", resources: ["arn:aws:ec2:us-east-1:222222222222:instance/i-1"] });
  await send("not JSON");
  const heard: string[] = [];
  const waiting = async () => {
    const { Attributes = {} } = await aws.sqs.write(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
    );
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    );
  };
  let foreign = 0;
  while (heard.length + foreign < 3) {
    const received = await receiveBuildEvents(aws, queueUrl);
    heard.push(...received.arns);
    foreign += received.foreign;
  }
  expect([heard, foreign, await waiting()]).toEqual([[ARN], 2, 2]);
});
