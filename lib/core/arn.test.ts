import { partition } from "@aws-sdk/core/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arnsInText,
  atVersion,
  dnsSuffixOf,
  exactVersion,
  followsNewest,
  formatArn,
  formatImageBuilderArn,
  imageBuilderArn,
  isOfTarget,
  isSameResource,
  nameInArn,
  ownerOf,
  PARTITION_NAMES,
  parseArn,
  parseImageBuilderArn,
  partitionOf,
  stemOf,
  versionArnOf,
  withShortArns,
} from "./arn";
import { normalizeName } from "./name-rule";

const PARTITIONS = [
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
];
const letters = (pattern: RegExp) => fc.stringMatching(pattern);
/** AWS's own pattern of names; an ARN read from AWS may hold an underscore. */
const nameInAnArn = letters(/^[a-z0-9][a-z0-9_-]{1,20}[a-z0-9]$/);
const typedName = letters(/^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,30}[-_A-Za-z0-9]$/);
const version = letters(/^(0|[1-9]\d{0,4}|x)\.(\d{1,4}|x)\.(\d{1,4}|x)$/);
const parts = fc
  .record({
    partition: fc.constantFrom(...PARTITIONS),
    region: fc.constantFrom("us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"),
    accountId: fc.constantFrom("111111111111", "aws", "aws-marketplace", "third-party"),
    kind: fc.constantFrom("component", "image", "image-recipe", "image-pipeline", "workflow"),
    name: nameInAnArn,
    version: fc.option(version, { nil: undefined }),
    build: fc.option(letters(/^[1-9]\d{0,3}$/), { nil: undefined }),
    workflowType: fc.constantFrom("build", "test", "distribution"),
  })
  .map(({ workflowType, build, ...rest }) => ({
    ...rest,
    build: rest.version === undefined ? undefined : build,
    workflowType: rest.kind === "workflow" ? workflowType : undefined,
  }));

describe("an ARN of Image Builder", () => {
  it("is read back into the parts it was made of, in every partition", () => {
    fc.assert(
      fc.property(parts, (made) => {
        expect(parseImageBuilderArn(formatImageBuilderArn(made))).toEqual(made);
      }),
    );
  });

  it("has a stem and a version's ARN that differ from it in version and build only", () => {
    fc.assert(
      fc.property(parts, parts, (made, other) => {
        const arn = formatImageBuilderArn(made);
        expect(parseImageBuilderArn(stemOf(arn))).toEqual({ ...made, version: undefined, build: undefined });
        expect(parseImageBuilderArn(versionArnOf(arn))).toEqual({ ...made, build: undefined });
        expect(parseImageBuilderArn(atVersion(arn, other.version, other.build))).toEqual({
          ...made,
          version: other.version,
          build: other.build,
        });
        expect(isSameResource(arn, atVersion(arn, other.version))).toBe(true);
        expect(nameInArn(arn)).toBe(made.name);
      }),
    );
  });

  it("is one resource with another when nothing but the version and the spelling of the name differ", () => {
    const arn = "arn:aws:imagebuilder:us-east-1:111111111111:component/web-base/1.0.0/1";
    expect(isSameResource(arn, "arn:aws:imagebuilder:us-east-1:111111111111:component/web_base/x.x.x")).toBe(
      true,
    );
    for (const other of [
      "arn:aws:imagebuilder:us-east-1:111111111111:image-recipe/web-base/1.0.0",
      "arn:aws:imagebuilder:us-east-1:aws:component/web-base/1.0.0",
      "arn:aws:imagebuilder:eu-west-1:111111111111:component/web-base/1.0.0",
      "arn:aws:imagebuilder:us-east-1:111111111111:component/web--base/1.0.0",
      "web-base",
    ])
      expect(isSameResource(arn, other), other).toBe(false);
    expect(isSameResource("web", "web")).toBe(false);
    const [build, test] = ["build", "test"].map(
      (type) => `arn:aws:imagebuilder:r:1:workflow/${type}/web/1.0.0`,
    );
    expect(isSameResource(build ?? "", test ?? "")).toBe(false);
  });

  it.each([
    "",
    "ami-123",
    "arn:aws:ec2:us-east-1::image/ami-1",
    "arn:aws:imagebuilder:us-east-1:1:image",
    "arn:aws:imagebuilder:us-east-1:1:image/",
    "arn:aws:imagebuilder:us-east-1:1:image/web//1",
    "arn:aws:imagebuilder:us-east-1:1:image/web/1.0.0/1/more",
    "arn:aws:imagebuilder:us-east-1:1:workflow/build",
    "arn:aws:imagebuilder:us-east-1:1:image/web:1",
    "arn:aws:imagebuilder:us-east-1:1:image/web base/1.0.0",
    "see arn:aws:imagebuilder:us-east-1:1:image/web/1.0.0",
    "arn:elsewhere:imagebuilder:us-east-1:1:image/web/1.0.0",
  ])("is not read from %j", (text) => {
    expect(parseImageBuilderArn(text)).toBeUndefined();
    expect([nameInArn(text), stemOf(text), versionArnOf(text)]).toEqual([text, text, text]);
  });

  it("says whose the resource is", () => {
    const of = (accountId: string) => `arn:aws:imagebuilder:us-east-1:${accountId}:component/web/1.0.0`;
    const owners = ["aws", "aws-marketplace", "third-party", "111111111111", "222222222222"].map((id) =>
      ownerOf(of(id), "111111111111"),
    );
    expect(owners).toEqual(["Amazon", "ThirdParty", "ThirdParty", "Self", "Shared"]);
    expect([ownerOf(of("111111111111")), ownerOf("web")]).toEqual([undefined, undefined]);
    const target = { region: "us-east-1", accountId: "111111111111" };
    expect(isOfTarget(of("111111111111"), target)).toBe(true);
    expect(isOfTarget(of("222222222222"), target)).toBe(false);
    expect(isOfTarget(of("111111111111"), { ...target, region: "eu-west-1" })).toBe(false);
  });

  it("is found in text, without the sentence around it", () => {
    const arn = "arn:aws-us-gov:imagebuilder:us-gov-west-1:1:component/web/1.0.0/1";
    for (const text of [`failed (${arn}).`, `'${arn}' failed`, `${arn}, then`, `see ${arn}: it`]) {
      expect(arnsInText(text)).toEqual([arn]);
      expect(withShortArns(text)).toBe(text.replace(arn, "web/1.0.0/1"));
    }
    expect(arnsInText("arn:aws:s3:::bucket and arn:aws:imagebuilder:nothing")).toEqual([]);
  });
});

describe("a name in an ARN", () => {
  it("is lower case with a hyphen for each space and underscore, and otherwise as typed", () => {
    fc.assert(
      fc.property(typedName, (name) => {
        const made = normalizeName(name);
        expect(made).toHaveLength(name.length);
        for (const [index, letter] of [...name].entries())
          expect(made[index]).toBe(letter === " " || letter === "_" ? "-" : letter.toLowerCase());
        expect(normalizeName(made)).toBe(made);
        const target = { region: "us-east-1", accountId: "111111111111" };
        expect(parseImageBuilderArn(imageBuilderArn(target, "component", name, "1.0.0"))).toMatchObject({
          name: made,
          version: "1.0.0",
        });
      }),
    );
  });

  it.each([
    ["My Component_v2", "my-component-v2"],
    ["a  b__c", "a--b--c"],
    ["-web-", "-web-"],
  ])("is made of %j as AWS does", (name, made) => expect(normalizeName(name)).toBe(made));
});

describe("a version", () => {
  it.each([
    ["x.x.x", true, undefined],
    ["1.x.x", true, undefined],
    ["1.2.x", true, undefined],
    ["1.2.3", false, "1.2.3"],
    ["1.2.3/4", false, "1.2.3"],
    [undefined, false, undefined],
    ["", false, undefined],
  ] as const)("of %j follows the newest: %j; exact: %j", (text, follows, exact) => {
    expect([followsNewest(text), exactVersion(text)]).toEqual([follows, exact]);
  });
});

describe("an ARN of any service", () => {
  it.each([
    "arn:aws:iam::111111111111:role/path/Builder",
    "arn:aws-cn:s3:::bucket/with:colons/and/parts",
    "arn:aws:sns:us-east-1:111111111111:builds",
    "arn:aws:kms:us-east-1:111111111111:key/1234",
  ])("%s is read and written", (text) => {
    const arn = parseArn(text);
    expect(arn).toBeDefined();
    if (arn) expect(formatArn(arn)).toBe(text);
  });

  it("is in the partition that the SDK knows its Region to be in", () => {
    const regions = [
      ...["us-east-1", "eu-west-1", "ap-southeast-7", "il-central-1", "mx-central-1", "me-south-1"],
      ...["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1", "eusc-de-east-1"],
      ...[
        "us-iso-east-1",
        "us-iso-west-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "us-isof-south-1",
        "us-isof-east-1",
      ],
    ];
    expect(regions.map(partitionOf)).toEqual(regions.map((region) => partition(region).name));
    expect(regions.map(dnsSuffixOf)).toEqual(regions.map((region) => partition(region).dnsSuffix));
    expect(new Set(regions.map(partitionOf))).toEqual(new Set(PARTITION_NAMES));
  });
});
