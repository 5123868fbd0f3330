import { randomUUID } from "node:crypto";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";
import type { SqsStore } from "../sqs/store";

export interface TopicRow {
  arn: string;
  name: string;
  attributes: Record<string, string>;
  tags: Tags;
}

export interface SubscriptionRow {
  arn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  attributes: Record<string, string>;
}

export interface SnsStore {
  account: string;
  region: string;
  partition: string;
  topics: Table<TopicRow>;
  subscriptions: Table<SubscriptionRow>;
  /** Delivers to the topic's SQS subscriptions and gives the message id; undefined when there is no such topic. */
  publish(
    topicArn: string,
    message: { subject?: string | undefined; body: string; sentAt: number },
  ): string | undefined;
}

export function openSnsStore(scope: Scope<{ sqs: SqsStore }>): SnsStore {
  const topics = scope.table<TopicRow>("sns.topics", (row) => row.arn);
  const subscriptions = scope.table<SubscriptionRow>("sns.subscriptions", (row) => row.arn);
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    topics,
    subscriptions,
    publish(topicArn, { subject, body, sentAt }) {
      if (!topics.has(topicArn)) return undefined;
      const id = randomUUID();
      for (const subscription of subscriptions.list(
        (row) => row.topicArn === topicArn && row.protocol === "sqs",
      )) {
        const [, , , region, account] = subscription.endpoint.split(":");
        const raw = subscription.attributes.RawMessageDelivery === "true";
        const envelope = {
          Type: "Notification",
          MessageId: id,
          TopicArn: topicArn,
          ...(subject && { Subject: subject }),
          Message: body,
          Timestamp: new Date(sentAt).toISOString(),
        };
        scope
          .at({ ...(account && { account }), ...(region && { region }) })
          .sqs.send(subscription.endpoint, { id, body: raw ? body : JSON.stringify(envelope), sentAt });
      }
      return id;
    },
  };
}
