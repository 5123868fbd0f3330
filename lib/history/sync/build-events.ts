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
 * Waits for events of Image Builder in a queue and gives the ARNs that they are about. Messages are deleted, those
 * that are no such events too: what a lost one would have told is found by the sync's own rounds.
 */
export async function receiveBuildEvents(aws: Pick<AwsAccess, "sqs">, queueUrl: string): Promise<string[]> {
  const { Messages = [] } = await aws.sqs.write(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS }),
  );
  for (const { ReceiptHandle } of Messages) {
    if (ReceiptHandle) await aws.sqs.write(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
  return Messages.flatMap(({ Body = "" }) => arnsIn(Body));
}

function arnsIn(body: string): string[] {
  try {
    const event = eventSchema.safeParse(JSON.parse(body));
    return event.success ? event.data.resources : [];
  } catch {
    return [];
  }
}
