import { describe, expect, it } from "vitest";
import { judgeKeyPolicy, keyPolicyStatements } from "./key-access";

const ACCOUNT = "333333333333";
const ORGANIZATION = "arn:aws:organizations::111111111111:organization/o-exampleorgid";
const root = (account: string) => `arn:aws:iam::${account}:root`;
const USE = ["kms:DescribeKey", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant"];
const allow = (members: object) => ({ Effect: "Allow", Action: USE, Resource: "*", ...members });
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const stateFor = (text: string | undefined, holder: Parameters<typeof judgeKeyPolicy>[1]) =>
  judgeKeyPolicy(text, holder).state;

const whole = allow({ Principal: { AWS: root(ACCOUNT) } });
const AWS = { AWS: root(ACCOUNT) };

describe("a key policy", () => {
  it.each<[string, string | undefined, string]>([
    ["that was not read", undefined, "not known"],
    ["that is no JSON", "{", "not known"],
    ["that names the account", policy(whole), "allowed"],
    ["that names the account by its number", policy(allow({ Principal: { AWS: ACCOUNT } })), "allowed"],
    [
      "that names it among others",
      policy(allow({ Principal: { AWS: [root("1".repeat(12)), root(ACCOUNT)] } })),
      "allowed",
    ],
    ["that names another account", policy(allow({ Principal: { AWS: root("999999999999") } })), "refused"],
    [
      "that names a role of it alone",
      policy(allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/x` } })),
      "refused",
    ],
    ["that lets everybody use it", policy(allow({ Principal: "*" })), "allowed"],
    [
      "whose grants are for AWS resources",
      policy(allow({ Principal: AWS, Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } })),
      "allowed",
    ],
    [
      "that names the caller's account",
      policy(allow({ Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } })),
      "allowed",
    ],
    [
      "that names another caller's account",
      policy(allow({ Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": "999999999999" } } })),
      "refused",
    ],
    [
      "with a condition that can't be decided",
      policy(allow({ Principal: AWS, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
      "not known",
    ],
    [
      "without a part of the actions",
      policy({ ...whole, Action: ["kms:Decrypt", "kms:DescribeKey"] }),
      "refused",
    ],
    [
      "with the actions in parts",
      policy({ ...whole, Action: USE.slice(0, 2) }, { ...whole, Action: USE.slice(2) }),
      "allowed",
    ],
    ["with wildcards", policy({ ...whole, Action: "kms:*" }), "allowed"],
    ["in other case", policy({ ...whole, Action: USE.map((action) => action.toUpperCase()) }), "allowed"],
    ["that denies", policy(whole, { ...whole, Effect: "Deny", Action: "kms:Decrypt" }), "refused"],
    [
      "that may deny",
      policy(whole, {
        ...whole,
        Effect: "Deny",
        Condition: { StringNotEquals: { "aws:PrincipalTag/a": "b" } },
      }),
      "not known",
    ],
    [
      "that allows by NotAction",
      policy({ Effect: "Allow", Principal: AWS, NotAction: "kms:Delete*", Resource: "*" }),
      "not known",
    ],
    ["with one statement instead of a list", JSON.stringify({ Statement: whole }), "allowed"],
    ["with statements that are none", JSON.stringify({ Statement: ["a", null] }), "not known"],
    ["with stars that would be slow", policy({ ...whole, Action: `kms:${"*a".repeat(2000)}*` }), "refused"],
  ])("%s: %s", (_, text, expected) => {
    expect(stateFor(text, { accountId: ACCOUNT })).toBe(expected);
  });

  it("lets an organization in by its ID alone", () => {
    const of = (id: string) =>
      policy(allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": id } } }));
    expect(stateFor(of("o-exampleorgid"), { arn: ORGANIZATION })).toBe("allowed");
    expect(stateFor(of("o-another12345"), { arn: ORGANIZATION })).toBe("refused");
    // Whether the account is in the organization is not seen from here.
    expect(stateFor(of("o-exampleorgid"), { accountId: ACCOUNT })).toBe("not known");
    expect(stateFor(policy(whole), { arn: ORGANIZATION })).toBe("refused");
  });

  it("allows whom the statements that are offered are for, and nobody else", () => {
    const holders = [{ accountId: ACCOUNT }, { accountId: "444444444444" }, { arn: ORGANIZATION }];
    for (const partitionOf of ["us-east-1", "cn-north-1", "us-gov-west-1"])
      for (const holder of holders) {
        const text = policy(...keyPolicyStatements([holder], partitionOf));
        expect(stateFor(text, holder)).toBe("allowed");
        for (const other of holders.filter((one) => one !== holder))
          expect(stateFor(text, other)).not.toBe("allowed");
      }
  });
});
