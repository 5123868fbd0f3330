import { InvalidParameterException, ResourceAlreadyExistsException } from "@aws-sdk/client-cloudwatch-logs";
import { pageOf } from "../../engine/page";
import { withoutTags, withTags } from "../../engine/tags";
import { allGroups, allStreams, findGroup, groupNameOf, requireGroup } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import type { LogGroup, LogsStore } from "./store";

export const logGroups = {
  CreateLogGroup(
    { store, now },
    { logGroupName: name = "", kmsKeyId, tags = {}, logGroupClass = "STANDARD" },
  ) {
    if (findGroup(store, name, now)) throw alreadyExists("The specified log group already exists");
    if (name.startsWith("aws/")) throw invalid("Log groups starting with AWS/ are reserved for AWS.");
    store.groups.put({
      name,
      createdAt: now,
      kmsKeyId,
      logGroupClass: logGroupClass as LogGroup["logGroupClass"],
      tags,
    });
    return {};
  },

  DeleteLogGroup({ store, now }, input) {
    const { name } = requireGroup(store, input, now);
    for (const stream of allStreams(store, name, now)) store.dropStream(name, stream.name);
    store.groups.delete(name);
    store.deletions.put({ key: name, at: now });
    return {};
  },

  DescribeLogGroups({ store, now }, input) {
    const {
      logGroupNamePrefix: prefix = "",
      logGroupNamePattern: pattern,
      logGroupIdentifiers,
      limit,
      nextToken,
    } = input;
    if (prefix && pattern)
      throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    const named = logGroupIdentifiers && new Set(logGroupIdentifiers.map(groupNameOf));
    const matching = allGroups(store, now)
      .filter(({ name }) => name.startsWith(prefix) && (!named || named.has(name)))
      .filter(({ name }) => !pattern || name.toLowerCase().includes(pattern.toLowerCase()))
      .filter(({ logGroupClass }) => !input.logGroupClass || logGroupClass === input.logGroupClass);
    const query = { prefix, pattern, logGroupIdentifiers, logGroupClass: input.logGroupClass };
    const page = pageOf(
      matching,
      { nextToken, maxResults: limit },
      { defaultSize: 50, query, refuse: refuseToken },
    );
    return { logGroups: page.items.map((group) => describeGroup(store, group)), nextToken: page.nextToken };
  },

  PutRetentionPolicy({ store, now }, input) {
    if (!RETENTION_DAYS.has(input.retentionInDays ?? 0)) {
      throw invalid(
        `Invalid retention period: ${input.retentionInDays}. Valid values are: ${[...RETENTION_DAYS].join(", ")}.`,
      );
    }
    store.groups.put({ ...requireGroup(store, input, now), retentionInDays: input.retentionInDays });
    return {};
  },

  DeleteRetentionPolicy({ store, now }, input) {
    store.groups.put({ ...requireGroup(store, input, now), retentionInDays: undefined });
    return {};
  },

  TagResource({ store, now }, { resourceArn, tags }) {
    const group = requireGroup(store, { logGroupIdentifier: resourceArn }, now);
    store.groups.put({ ...group, tags: withTags(group.tags, tags) });
    return {};
  },

  UntagResource({ store, now }, { resourceArn, tagKeys = [] }) {
    const group = requireGroup(store, { logGroupIdentifier: resourceArn }, now);
    store.groups.put({ ...group, tags: withoutTags(group.tags, tagKeys) });
    return {};
  },

  ListTagsForResource: ({ store, now }, { resourceArn }) => ({
    tags: requireGroup(store, { logGroupIdentifier: resourceArn }, now).tags,
  }),

  TagLogGroup({ store, now }, input) {
    const group = requireGroup(store, input, now);
    store.groups.put({ ...group, tags: withTags(group.tags, input.tags) });
    return {};
  },

  UntagLogGroup({ store, now }, input) {
    const group = requireGroup(store, input, now);
    store.groups.put({ ...group, tags: withoutTags(group.tags, input.tags ?? []) });
    return {};
  },

  ListTagsLogGroup: ({ store, now }, input) => ({ tags: requireGroup(store, input, now).tags }),
} satisfies Partial<CloudWatchLogs>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

export function groupArn(store: LogsStore, name: string): string {
  return `arn:${store.partition}:logs:${store.region}:${store.account}:log-group:${name}`;
}

export function refuseToken(): never {
  throw invalid("The specified nextToken is invalid.");
}

export function invalid(message: string): InvalidParameterException {
  return new InvalidParameterException({ message, $metadata: {} });
}

export function alreadyExists(message: string): ResourceAlreadyExistsException {
  return new ResourceAlreadyExistsException({ message, $metadata: {} });
}

function describeGroup(store: LogsStore, group: LogGroup) {
  const arn = groupArn(store, group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    retentionInDays: group.retentionInDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    kmsKeyId: group.kmsKeyId,
    logGroupClass: group.logGroupClass,
    // Differs from AWS: computed logs weigh nothing, so the size is that of what callers put.
    storedBytes: store.storedBytes(group.name),
  };
}
