import type * as sdk from "@aws-sdk/client-sns";
import { InvalidParameterException, NotFoundException } from "@aws-sdk/client-sns";
import { stableUuid } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import { tagList, tagsFromList, withoutTags, withTags } from "../../engine/tags";
import type { Handlers } from "../../wire/contract";
import type { SnsStore, SubscriptionRow, TopicRow } from "./store";

type Sns = Handlers<typeof sdk, SnsStore>;

export const topics = {
  CreateTopic({ store }, { Name: name = "", Attributes = {}, Tags }) {
    const arn = `arn:${store.partition}:sns:${store.region}:${store.account}:${name}`;
    if (!store.topics.has(arn))
      store.topics.put({ arn, name, attributes: Attributes, tags: tagsFromList(Tags) });
    return { TopicArn: arn };
  },

  DeleteTopic({ store }, { TopicArn = "" }) {
    for (const { arn } of subscriptionsOf(store, TopicArn)) store.subscriptions.delete(arn);
    store.topics.delete(TopicArn);
    return {};
  },

  ListTopics({ store }, { NextToken }) {
    const page = snsPage(store.topics.list(), NextToken);
    return { Topics: page.items.map(({ arn }) => ({ TopicArn: arn })), NextToken: page.nextToken };
  },

  GetTopicAttributes({ store }, { TopicArn }) {
    const row = requireTopic(store, TopicArn);
    const confirmed = String(subscriptionsOf(store, row.arn).length);
    const fixed = {
      TopicArn: row.arn,
      Owner: store.account,
      SubscriptionsConfirmed: confirmed,
      SubscriptionsPending: "0",
    };
    return { Attributes: { DisplayName: "", ...row.attributes, ...fixed, SubscriptionsDeleted: "0" } };
  },

  SetTopicAttributes({ store }, { TopicArn, AttributeName = "", AttributeValue = "" }) {
    const row = requireTopic(store, TopicArn);
    store.topics.put({ ...row, attributes: { ...row.attributes, [AttributeName]: AttributeValue } });
    return {};
  },

  Subscribe({ store }, { TopicArn, Protocol: protocol = "", Endpoint: endpoint = "", Attributes = {} }) {
    const { arn: topicArn } = requireTopic(store, TopicArn);
    const arn = `${topicArn}:${stableUuid(topicArn, protocol, endpoint)}`;
    // Differs from AWS: every subscription is confirmed at once; only those of queues are delivered to.
    store.subscriptions.put({ arn, topicArn, protocol, endpoint, attributes: Attributes });
    return { SubscriptionArn: arn };
  },

  Unsubscribe({ store }, { SubscriptionArn = "" }) {
    store.subscriptions.delete(SubscriptionArn);
    return {};
  },

  ListSubscriptions({ store }, { NextToken }) {
    const page = snsPage(store.subscriptions.list(), NextToken);
    return {
      Subscriptions: page.items.map((row) => describeSubscription(store, row)),
      NextToken: page.nextToken,
    };
  },

  ListSubscriptionsByTopic({ store }, { TopicArn, NextToken }) {
    const page = snsPage(subscriptionsOf(store, requireTopic(store, TopicArn).arn), NextToken);
    return {
      Subscriptions: page.items.map((row) => describeSubscription(store, row)),
      NextToken: page.nextToken,
    };
  },

  Publish(
    { store, now },
    { TopicArn, TargetArn, Subject: subject, Message = "", MessageStructure: structure, MessageGroupId },
  ) {
    const { arn } = requireTopic(store, TopicArn ?? TargetArn);
    if (Message === "") throw invalid("Empty message");
    if (Buffer.byteLength(Message) > MOST_BYTES) throw invalid("Message too long");
    if (subject !== undefined && !SUBJECT.test(subject)) throw invalid("Subject");
    if (arn.endsWith(".fifo") && !MessageGroupId)
      throw invalid("The MessageGroupId parameter is required for FIFO topics");
    const body = structure === "json" ? bodyForQueues(Message) : Message;
    return { MessageId: store.publish(arn, { subject, body, sentAt: now }) };
  },

  TagResource({ store }, { ResourceArn, Tags }) {
    const row = requireTopic(store, ResourceArn);
    store.topics.put({ ...row, tags: withTags(row.tags, tagsFromList(Tags)) });
    return {};
  },

  UntagResource({ store }, { ResourceArn, TagKeys = [] }) {
    const row = requireTopic(store, ResourceArn);
    store.topics.put({ ...row, tags: withoutTags(row.tags, TagKeys) });
    return {};
  },

  ListTagsForResource: ({ store }, { ResourceArn }) => ({
    Tags: tagList(requireTopic(store, ResourceArn).tags),
  }),
} satisfies Partial<Sns>;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: of subjects also that they begin with no space. */
const MOST_BYTES = 262_144;
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;

const invalid = (reason: string) =>
  new InvalidParameterException({ message: `Invalid parameter: ${reason}`, $metadata: {} });

/** With a message for each protocol, queues get theirs, or the one for all others. */
function bodyForQueues(message: string): string {
  let bodies: Record<string, unknown>;
  try {
    bodies = JSON.parse(message) as Record<string, unknown>;
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
  const { default: all, sqs = all } = bodies;
  if (typeof all !== "string") throw invalid("Message Structure - No default entry in JSON message body");
  return String(sqs);
}

function requireTopic(store: SnsStore, arn = ""): TopicRow {
  const row = store.topics.get(arn);
  if (row) return row;
  if (!/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/.test(arn)) {
    throw new InvalidParameterException({ message: "Invalid parameter: TopicArn", $metadata: {} });
  }
  throw new NotFoundException({ message: "Topic does not exist", $metadata: {} });
}

function subscriptionsOf(store: SnsStore, topicArn: string): SubscriptionRow[] {
  return store.subscriptions.list((row) => row.topicArn === topicArn);
}

function describeSubscription(store: SnsStore, row: SubscriptionRow) {
  return {
    SubscriptionArn: row.arn,
    Owner: store.account,
    Protocol: row.protocol,
    Endpoint: row.endpoint,
    TopicArn: row.topicArn,
  };
}

function snsPage<Row>(rows: Row[], nextToken: string | undefined) {
  return pageOf(
    rows,
    { nextToken },
    {
      defaultSize: 100,
      refuse: () => {
        throw new InvalidParameterException({ message: "Invalid parameter: NextToken", $metadata: {} });
      },
    },
  );
}
