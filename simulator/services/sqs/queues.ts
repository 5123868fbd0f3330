import { createHash } from "node:crypto";
import type * as sdk from "@aws-sdk/client-sqs";
import { QueueDoesNotExist, QueueNameExists, ReceiptHandleIsInvalid } from "@aws-sdk/client-sqs";
import { dnsSuffixOf } from "../../engine/partitions";
import { withoutTags, withTags } from "../../engine/tags";
import type { Handlers } from "../../wire/contract";
import type { MessageRow, QueueRow, SqsStore } from "./store";

type Sqs = Handlers<typeof sdk, SqsStore>;

const DEFAULTS: Record<string, string> = {
  VisibilityTimeout: "30",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  DelaySeconds: "0",
  ReceiveMessageWaitTimeSeconds: "0",
};

export const queues = {
  CreateQueue(
    { store, account, region, partition, now },
    { QueueName: name = "", Attributes = {}, tags = {} },
  ) {
    const known = store.queues.get(name);
    const attributes = { ...DEFAULTS, ...Attributes };
    const differs =
      known && Object.entries(Attributes).some(([key, value]) => known.attributes[key] !== value);
    if (differs) {
      const message = `A queue already exists with the same name and a different value for an attribute`;
      throw new QueueNameExists({ message, $metadata: {} });
    }
    const arn = `arn:${partition}:sqs:${region}:${account}:${name}`;
    const row = known ?? store.queues.put({ name, arn, createdAt: now, attributes, tags });
    return { QueueUrl: queueUrl(store, row) };
  },

  GetQueueUrl: ({ store }, { QueueName = "" }) => ({
    QueueUrl: queueUrl(store, requireQueue(store, QueueName)),
  }),

  ListQueues: ({ store }, { QueueNamePrefix = "" }) => ({
    QueueUrls: store.queues
      .list(({ name }) => name.startsWith(QueueNamePrefix))
      .map((row) => queueUrl(store, row)),
  }),

  DeleteQueue({ store }, { QueueUrl = "" }) {
    const { name } = requireQueue(store, QueueUrl);
    for (const message of messagesOf(store, name)) store.messages.delete(messageKey(message));
    store.queues.delete(name);
    return {};
  },

  GetQueueAttributes({ store, now }, { QueueUrl = "", AttributeNames = [] }) {
    const row = requireQueue(store, QueueUrl);
    const visible = messagesOf(store, row.name).filter(({ visibleAt }) => visibleAt <= now).length;
    const all: Record<string, string> = {
      ...row.attributes,
      QueueArn: row.arn,
      CreatedTimestamp: String(Math.floor(row.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(row.createdAt / 1000)),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(messagesOf(store, row.name).length - visible),
      ApproximateNumberOfMessagesDelayed: "0",
    };
    const names: string[] = AttributeNames;
    const wanted = ([name]: [string, string]) => names.includes("All") || names.includes(name);
    return { Attributes: Object.fromEntries(Object.entries(all).filter(wanted)) };
  },

  SetQueueAttributes({ store }, { QueueUrl = "", Attributes = {} }) {
    const row = requireQueue(store, QueueUrl);
    store.queues.put({ ...row, attributes: { ...row.attributes, ...Attributes } });
    return {};
  },

  SendMessage({ store, now, requestId }, { QueueUrl = "", MessageBody: body = "" }) {
    store.send(requireQueue(store, QueueUrl).name, { id: requestId, body, sentAt: now });
    return { MessageId: requestId, MD5OfMessageBody: md5(body) };
  },

  // Differs from AWS: an empty queue answers at once, whatever WaitTimeSeconds says.
  ReceiveMessage({ store, now, requestId }, { QueueUrl = "", MaxNumberOfMessages = 1, VisibilityTimeout }) {
    const row = requireQueue(store, QueueUrl);
    const timeoutMs = (VisibilityTimeout ?? Number(row.attributes.VisibilityTimeout ?? 30)) * 1000;
    const Messages = messagesOf(store, row.name)
      .filter(({ visibleAt }) => visibleAt <= now)
      .slice(0, MaxNumberOfMessages)
      .map((message) => {
        const ReceiptHandle = `${requestId}/${message.id}`;
        const receiveCount = message.receiveCount + 1;
        store.messages.put({
          ...message,
          receiveCount,
          visibleAt: now + timeoutMs,
          receiptHandle: ReceiptHandle,
        });
        const Attributes = {
          SentTimestamp: String(message.sentAt),
          ApproximateReceiveCount: String(receiveCount),
          SenderId: store.account,
        };
        return {
          MessageId: message.id,
          ReceiptHandle,
          Body: message.body,
          MD5OfBody: md5(message.body),
          Attributes,
        };
      });
    return Messages.length > 0 ? { Messages } : {};
  },

  DeleteMessage({ store }, { QueueUrl = "", ReceiptHandle = "" }) {
    deleteMessage(store, requireQueue(store, QueueUrl), ReceiptHandle);
    return {};
  },

  DeleteMessageBatch({ store }, { QueueUrl = "", Entries = [] }) {
    const row = requireQueue(store, QueueUrl);
    for (const { ReceiptHandle = "" } of Entries) deleteMessage(store, row, ReceiptHandle);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  },

  PurgeQueue({ store }, { QueueUrl = "" }) {
    for (const message of messagesOf(store, requireQueue(store, QueueUrl).name))
      store.messages.delete(messageKey(message));
    return {};
  },

  TagQueue({ store }, { QueueUrl = "", Tags }) {
    const row = requireQueue(store, QueueUrl);
    store.queues.put({ ...row, tags: withTags(row.tags, Tags) });
    return {};
  },

  UntagQueue({ store }, { QueueUrl = "", TagKeys = [] }) {
    const row = requireQueue(store, QueueUrl);
    store.queues.put({ ...row, tags: withoutTags(row.tags, TagKeys) });
    return {};
  },

  ListQueueTags: ({ store }, { QueueUrl = "" }) => ({ Tags: requireQueue(store, QueueUrl).tags }),
} satisfies Partial<Sqs>;

/** Only the path of a queue's URL counts: clients send requests to their own endpoint. */
function requireQueue(store: SqsStore, reference: string): QueueRow {
  const row = store.queues.get(reference.slice(reference.lastIndexOf("/") + 1));
  if (!row) throw new QueueDoesNotExist({ message: "The specified queue does not exist.", $metadata: {} });
  return row;
}

function queueUrl(store: SqsStore, { name }: QueueRow): string {
  return `https://sqs.${store.region}.${dnsSuffixOf(store.region)}/${store.account}/${name}`;
}

function messagesOf(store: SqsStore, queue: string): MessageRow[] {
  return store.messages.list((row) => row.queue === queue);
}

function messageKey({ queue, id }: MessageRow): string {
  return `${queue} ${id}`;
}

function deleteMessage(store: SqsStore, { name }: QueueRow, handle: string): void {
  const id = handle.split("/")[1];
  if (!id)
    throw new ReceiptHandleIsInvalid({
      message: `The input receipt handle "${handle}" is not valid.`,
      $metadata: {},
    });
  store.messages.delete(`${name} ${id}`);
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
