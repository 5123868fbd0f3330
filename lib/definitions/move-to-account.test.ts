import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveToAccount } from "./move-to-account";
import type { JsonObject } from "./types";

const from = { label: "Demo", accountId: "111111111111", region: "us-east-1" };
const to = { label: "Production", accountId: "222222222222", region: "eu-west-1" };
const own = (kind: string, name: string) =>
  `arn:aws:imagebuilder:us-east-1:111111111111:${kind}/${name}/1.0.0`;
const KEY = "arn:aws:kms:us-east-1:111111111111:key/0a1b";

describe("a resource that moves to another account", () => {
  it("names the resources of the same names there, and Amazon's of the other Region", () => {
    const { content, notes } = moveToAccount(
      {
        description: `was ${own("component", "nginx")}`,
        parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
        components: [{ componentArn: own("component", "nginx") }],
        workflows: [
          { workflowArn: "arn:aws:imagebuilder:us-east-1:111111111111:workflow/build/mine/1.0.0/2" },
        ],
      },
      { from, to },
    );
    expect(content).toEqual({
      description: `was ${own("component", "nginx")}`,
      parentImage: "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x",
      components: [{ componentArn: "arn:aws:imagebuilder:eu-west-1:222222222222:component/nginx/1.0.0" }],
      workflows: [{ workflowArn: "arn:aws:imagebuilder:eu-west-1:222222222222:workflow/build/mine/1.0.0/2" }],
    });
    expect(notes).toEqual([]);
  });

  it.each<[JsonObject, RegExp]>([
    [{ kmsKeyId: KEY }, /0a1b belongs to Demo/],
    [{ kmsKeyId: "alias/mine" }, /KMS key alias\/mine belongs to Demo/],
    [{ parentImage: "ami-0123456789abcdef0" }, /ami-0123456789abcdef0 exists only in Demo, us-east-1/],
    [{ subnetId: "subnet-0123456789abcdef0" }, /exists only in Demo/],
    [{ securityGroupIds: ["sg-0123456789abcdef0"] }, /exists only in Demo/],
    [{ instanceProfileName: "Builder" }, /Production needs the instance profile Builder: not checked/],
    [{ keyPair: "ops" }, /needs the key pair ops/],
    [{ snsTopicArn: "arn:aws:sns:us-east-1:111111111111:builds" }, /belongs to Demo/],
    [{ logging: { s3Logs: { s3BucketName: "logs" } } }, /needs the S3 bucket logs/],
    [{ targetRepository: { service: "ECR", repositoryName: "web" } }, /needs the ECR repository web/],
    [{ parentImage: "111111111111.dkr.ecr.us-east-1.amazonaws.com/web:1" }, /belongs to Demo/],
    [{ distributions: [{ region: "ap-south-1" }] }, /has the Region ap-south-1 enabled was not checked/],
    [{ distributions: [{ region: "cn-north-1" }] }, /another partition/],
    [
      { components: [{ componentArn: "arn:aws:imagebuilder:us-east-1:333333333333:component/x/1.0.0" }] },
      /x is shared by account 333333333333/,
    ],
  ])("says of %j that it does not carry over", (content, note) => {
    const moved = moveToAccount(content, { from, to });
    expect(moved.content).toEqual(content);
    expect(moved.notes).toEqual([expect.stringMatching(note)]);
    expect(moveToAccount(content, { from, to: from })).toEqual({ content, notes: [] });
  });

  it("keeps a key of AWS's own and a profile of the same account without a word", () => {
    expect(moveToAccount({ kmsKeyId: "alias/aws/ebs" }, { from, to }).notes).toEqual([]);
    const region = { ...from, region: "eu-west-1", label: "Europe" };
    expect(moveToAccount({ instanceProfileName: "Builder" }, { from, to: region }).notes).toEqual([]);
  });

  it("never names the account that it comes from, and comes back as it was", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    const arn = fc
      .tuple(fc.constantFrom("component", "image-recipe", "infrastructure-configuration"), name)
      .map(([kind, text]) => own(kind, text));
    const content = fc.dictionary(
      fc.constantFrom("componentArn", "items", "a", "workflowArn"),
      fc.oneof(arn, fc.array(fc.record({ componentArn: arn, n: fc.integer() }))),
    ) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(content, (given) => {
        const moved = moveToAccount(given, { from, to });
        expect(JSON.stringify(moved.content)).not.toContain(from.accountId);
        expect(moveToAccount(moved.content, { from: to, to: from }).content).toEqual(given);
      }),
    );
  });
});
