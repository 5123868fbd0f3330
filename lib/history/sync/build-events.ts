import "server-only";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { z } from "zod";
import type { AwsAccess } from "@/lib/aws/types";

/** Shorter than the time a request may take; SQS would wait up to 20. */
const WAIT_SECONDS = 10;

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html */
const eventSchema = z.object({
  source: z.literal("aws.imagebuilder"),
  resources: z.array(z.string()),
});

/**
 * Waits for events of Image Builder in a queue: the ARNs that they are about, and how many messages were no such
 * events. Those may be another application's, so they stay where they are; events are deleted.
 */
export async function receiveBuildEvents(
  aws: Pick<AwsAccess, "sqs">,
  queueUrl: string,
): Promise<{ arns: string[]; foreign: number }> {
  const { Messages = [] } = await aws.sqs.write(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS }),
  );
  const read = Messages.map(({ Body = "", ReceiptHandle }) => ({ arns: arnsIn(Body), ReceiptHandle }));
  for (const { arns, ReceiptHandle } of read) {
    if (arns && ReceiptHandle)
      await aws.sqs.write(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
  return {
    arns: read.flatMap(({ arns = [] }) => arns),
    foreign: read.filter(({ arns }) => arns === undefined).length,
  };
}

/** Undefined for what is no event of Image Builder. */
function arnsIn(body: string): string[] | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(body)).data?.resources;
  } catch {
    return undefined;
  }
}
