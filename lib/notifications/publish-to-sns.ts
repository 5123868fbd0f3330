import "server-only";
import { PublishCommand } from "@aws-sdk/client-sns";
import type { AwsAccess } from "@/lib/aws/types";
import { parseArn } from "@/lib/core/arn";
import { canonicalText } from "@/lib/core/canonical-text";
import { plainText, webhookPayload } from "./payloads";
import type { ConsoleEvent, Message, Try } from "./types";

/** Characters of the printable ASCII that a subject has at most, beginning with no space. */
const MOST_OF_SUBJECT = 100;

/**
 * Publishes to a topic: text for people, JSON for programs. Throws AWS's error in the console's words.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function publish(
  aws: AwsAccess | undefined,
  topicArn: string,
  { message, event, messageId }: { message: Message; event: ConsoleEvent; messageId: string },
): Promise<Try> {
  if (!aws)
    return { state: "failed", answer: "The account of this receiver is no longer one of the console's." };
  const { region = "", resource = "" } = parseArn(topicArn) ?? {};
  const json = JSON.stringify(webhookPayload(message, event));
  await aws.inRegion(region).sns.write(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: subjectOf(message.title),
      MessageStructure: "json",
      Message: JSON.stringify({
        default: `${message.title}\n\n${plainText(message)}`,
        ...{ sqs: json, lambda: json, http: json, https: json, firehose: json },
      }),
      // A queue of a FIFO topic keeps the order of one thread, and drops what is sent twice within five minutes.
      ...(resource.endsWith(".fifo") && {
        MessageGroupId: messageGroupOf(message.thread),
        MessageDeduplicationId: messageId,
      }),
    }),
  );
  return { state: "sent", answer: "published" };
}

const subjectOf = (title: string) =>
  canonicalText(title.replaceAll(/[^\x20-\x7e]/g, "?").trim(), MOST_OF_SUBJECT).replace("…", "");
const messageGroupOf = (thread: string) =>
  thread.replaceAll(/[^\x21-\x7e]/g, "_").replace(/^(.{128}).*$/, "$1");
