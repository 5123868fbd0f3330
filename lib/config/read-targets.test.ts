import { partition } from "@aws-sdk/core/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTargets } from "./read-targets";

const REGIONS = [
  ...["us-east-1", "ap-southeast-7", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"],
  ...["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"],
];
const ACCOUNT = "111111111111";
const region = fc.constantFrom(...REGIONS);

function mistakesOf(members: object): string[] {
  const mistakes: string[] = [];
  readTargets(
    JSON.stringify([{ id: "prod", label: "Production", accountId: ACCOUNT, ...members }]),
    mistakes,
  );
  return mistakes;
}
const roleIn = (where: string, accountId = ACCOUNT) =>
  `arn:${partition(where).name}:iam::${accountId}:role/path/goldsmith`;
const queueIn = (where: string, accountId = ACCOUNT) =>
  `https://sqs.${where}.${partition(where).dnsSuffix}/${accountId}/builds`;

describe("a target", () => {
  it.each(REGIONS)("in %s has role and queue of its partition", (where) => {
    expect(
      mistakesOf({ region: where, roleArn: roleIn(where), buildEventsQueueUrl: queueIn(where) }),
    ).toEqual([]);
  });

  it("has no role and no queue of another partition, Region or account", () => {
    const account = fc.stringMatching(/^\d{12}$/).filter((other) => other !== ACCOUNT);
    fc.assert(
      fc.property(region, region, account, (where, other, stranger) => {
        const ofRole = (roleArn: string) => mistakesOf({ region: where, roleArn });
        const ofQueue = (buildEventsQueueUrl: string) => mistakesOf({ region: where, buildEventsQueueUrl });
        expect(ofRole(roleIn(where, stranger))).toEqual([expect.stringContaining(stranger)]);
        expect(ofQueue(queueIn(where, stranger))).toEqual([
          expect.stringContaining(queueIn(where).slice(0, -6)),
        ]);
        if (partition(where).name !== partition(other).name) {
          expect(ofRole(roleIn(other))).toEqual([expect.stringContaining(`arn:${partition(where).name}:`)]);
        }
        if (where !== other) expect(ofQueue(queueIn(other))).toHaveLength(1);
      }),
    );
  });

  it.each([
    `http://sqs.us-east-1.amazonaws.com/${ACCOUNT}/builds`,
    `https://example.com/${ACCOUNT}/builds`,
    `https://sqs.us-east-1.amazonaws.com.example.com/${ACCOUNT}/builds`,
    `https://sqs.us-east-1.amazonaws.com@example.com/${ACCOUNT}/builds`,
    `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/builds?x`,
    `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/a/b`,
    `https://sqs.us-east-1.amazonaws.com:8443/${ACCOUNT}/builds`,
    "builds",
    "",
  ])("does not hear of builds from %j", (buildEventsQueueUrl) => {
    expect(mistakesOf({ region: "us-east-1", buildEventsQueueUrl })).toHaveLength(1);
  });

  it.each([
    `https://us-east-1.queue.amazonaws.com/${ACCOUNT}/builds`,
    `https://vpce-0a1-b2.sqs.us-east-1.vpce.amazonaws.com/${ACCOUNT}/builds`,
    `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/builds.fifo`,
    `http://127.0.0.1:4600/${ACCOUNT}/builds`,
  ])("hears of builds from %s", (buildEventsQueueUrl) => {
    expect(mistakesOf({ region: "us-east-1", buildEventsQueueUrl })).toEqual([]);
  });

  it.each([
    "",
    "goldsmith",
    `arn:aws:iam::${ACCOUNT}:user/goldsmith`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/goldsmith/x`,
    `arn:aws:iam:us-east-1:${ACCOUNT}:role/goldsmith`,
    `arn:aws:iam::${ACCOUNT}:role/`,
    `arn:elsewhere:iam::${ACCOUNT}:role/goldsmith`,
  ])("is not reached by %j as a role", (roleArn) => {
    expect(mistakesOf({ region: "us-east-1", roleArn })).toContainEqual(
      expect.stringContaining(".roleArn: "),
    );
  });

  it.each(["", "us-east", "us-east-1a", "US-EAST-1", "useast1", "eusc--1", "-1"])(
    "does not lie in %j",
    (where) => {
      expect(mistakesOf({ region: where })).toContainEqual(expect.stringContaining(".region: "));
    },
  );
});
