import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export interface QueueRow {
  name: string;
  arn: string;
  createdAt: number;
  attributes: Record<string, string>;
  tags: Tags;
}

export interface MessageRow {
  queue: string;
  id: string;
  body: string;
  sentAt: number;
  receiveCount: number;
  /** Hidden from receivers until then. */
  visibleAt: number;
  receiptHandle?: string;
}

export interface SqsStore {
  account: string;
  region: string;
  queues: Table<QueueRow>;
  messages: Table<MessageRow>;
  /** Puts a message on the queue of that name or ARN; a queue that is not there swallows it. */
  send(queue: string, message: { id: string; body: string; sentAt: number }): void;
}

export function openSqsStore(scope: Scope): SqsStore {
  const queues = scope.table<QueueRow>("sqs.queues", (row) => row.name);
  const messages = scope.table<MessageRow>("sqs.messages", (row) => `${row.queue} ${row.id}`);
  return {
    account: scope.account,
    region: scope.region,
    queues,
    messages,
    send(queue, message) {
      const name = queue.slice(queue.lastIndexOf(":") + 1);
      if (!queues.has(name)) return;
      messages.put({ queue: name, ...message, receiveCount: 0, visibleAt: message.sentAt });
    },
  };
}
