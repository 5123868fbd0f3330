import { describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import type { LifecycleRuleInput } from "@/lib/definitions/lifecycle-schemas";
import { judgeImages, type LifecycleScope } from "./judge-images";
import type { LifecycleAmi, LifecycleImage } from "./types";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

const image = (build: number, age: number, changes: Partial<LifecycleImage> = {}): LifecycleImage => ({
  arn: `arn:aws:imagebuilder:us-east-1:111111111111:image/web-base/1.0.0/${build}`,
  name: "web-base",
  version: "1.0.0",
  build: String(build),
  type: "AMI",
  status: "AVAILABLE",
  createdAt: daysAgo(age),
  tags: {},
  amis: [{ amiId: `ami-${build}`, region: "us-east-1" }],
  containers: [],
  ...changes,
});
const ami = (facts: Partial<LifecycleAmi>): LifecycleAmi[] => [
  { amiId: "ami-1", region: "us-east-1", ...facts },
];

const age = (
  type: LifecycleRuleInput["action"]["type"],
  value: number,
  rest: object = {},
): LifecycleRuleInput => ({
  action: { type, includeResources: { amis: true } },
  filter: { type: "AGE", value, unit: "DAYS", ...rest },
});
const count = (value: number): LifecycleRuleInput => ({
  action: { type: "DELETE", includeResources: { amis: true } },
  filter: { type: "COUNT", value },
});
const policyOf = (...policyDetails: LifecycleRuleInput[]): LifecycleScope => ({
  resourceType: "AMI_IMAGE",
  policyDetails,
  resourceSelection: { recipes: [{ name: "web-base", semanticVersion: "x.x.x" }] },
});
const outcomes = (policy: LifecycleScope, images: LifecycleImage[]) =>
  Object.fromEntries(judgeImages(policy, images, NOW).map(({ build, outcome }) => [build, outcome]));
const only = (policy: LifecycleScope, one: LifecycleImage) => judgeImages(policy, [one], NOW)[0];

describe("the scope of a policy", () => {
  const all = age("DELETE", 1);
  it.each([
    ["its recipe by any version", image(1, 9), { name: "web-base", semanticVersion: "x.x.x" }, 1],
    ["its recipe as a person wrote its name", image(1, 9), { name: "Web Base", semanticVersion: "1.x.x" }, 1],
    ["no other recipe", image(1, 9), { name: "web", semanticVersion: "x.x.x" }, 0],
    ["no other version", image(1, 9), { name: "web-base", semanticVersion: "2.x.x" }, 0],
    ["no container", image(1, 9, { type: "DOCKER" }), { name: "web-base", semanticVersion: "x.x.x" }, 0],
  ])("takes in %s", (_, one, recipe, count) => {
    const policy = { ...policyOf(all), resourceSelection: { recipes: [recipe] } };
    expect(judgeImages(policy, [one], NOW)).toHaveLength(count);
  });

  it("takes in images that have any of its tags", () => {
    const policy = { ...policyOf(all), resourceSelection: { tagMap: { team: "web", stage: "test" } } };
    const some = image(1, 9, { tags: { team: "web" } });
    const every = image(2, 9, { tags: { team: "web", stage: "test", more: "x" } });
    const others = [image(3, 9), image(4, 9, { tags: { team: "api", stage: "prod" } })];
    expect(outcomes(policy, [some, every, ...others])).toEqual({ 1: "DELETE", 2: "DELETE" });
  });

  it("takes in containers alone when it is for containers", () => {
    const policy = { ...policyOf(all), resourceType: "CONTAINER_IMAGE" as const };
    expect(outcomes(policy, [image(1, 9), image(2, 9, { type: "DOCKER", amis: [] })])).toEqual({
      2: "DELETE",
    });
  });
});

describe("a rule by age", () => {
  it.each([
    [29, "STAY"],
    [30, "STAY"],
    [30.01, "DELETE"],
    [400, "DELETE"],
  ])("of 30 days does to an image of %s days: %s", (days, outcome) => {
    expect(only(policyOf(age("DELETE", 30)), image(1, days))?.outcome).toBe(outcome);
  });

  it.each([
    ["WEEKS", 8],
    ["MONTHS", 31],
    ["YEARS", 366],
  ])("counts in %s", (unit, days) => {
    const policy = policyOf(age("DELETE", 1, { unit }));
    expect(outcomes(policy, [image(1, days), image(2, days - 2)])).toEqual({ 1: "DELETE", 2: "STAY" });
  });

  it("keeps the newest that it is told to, whatever their age, in each recipe version", () => {
    const policy = policyOf(age("DELETE", 30, { retainAtLeast: 1 }));
    const images = [image(1, 90), image(2, 60), image(3, 90, { version: "2.0.0" })];
    expect(outcomes(policy, images)).toEqual({ 1: "DELETE", 2: "STAY", 3: "STAY" });
  });
});

describe("a rule by count", () => {
  it("keeps that many of each recipe version and takes the older ones", () => {
    const images = [image(1, 3), image(2, 2), image(3, 1), image(4, 9, { version: "2.0.0" })];
    expect(outcomes(policyOf(count(2)), images)).toEqual({ 1: "DELETE", 2: "STAY", 3: "STAY", 4: "STAY" });
  });

  it.each(["FAILED", "CANCELLED"])("gives %s images no place among those kept, and takes them", (status) => {
    const images = [image(1, 3), image(2, 2), image(3, 1, { status })];
    expect(outcomes(policyOf(count(2)), images)).toEqual({ 1: "STAY", 2: "STAY", 3: "DELETE" });
  });

  it("counts neither images that are being built nor deleted ones", () => {
    const images = [image(1, 3), image(2, 2, { status: "DELETED" }), image(3, 1, { status: "BUILDING" })];
    expect(outcomes(policyOf(count(1)), images)).toEqual({ 1: "STAY", 2: "STAY", 3: "STAY" });
  });
});

describe("the order of rules", () => {
  const three = policyOf(age("DELETE", 90), age("DISABLE", 60), age("DEPRECATE", 30));

  it.each([
    ["AVAILABLE", 10, "STAY"],
    ["AVAILABLE", 40, "DEPRECATE"],
    ["AVAILABLE", 200, "DEPRECATE"],
    ["DEPRECATED", 40, "STAY"],
    ["DEPRECATED", 200, "DISABLE"],
    ["DISABLED", 70, "STAY"],
    ["DISABLED", 200, "DELETE"],
    ["DELETED", 200, "STAY"],
    ["FAILED", 200, "DELETE"],
    ["FAILED", 40, "STAY"],
    ["TESTING", 200, "STAY"],
  ])("does one step to an image that is %s and %s days old: %s", (status, days, outcome) => {
    expect(only(three, image(1, days, { status }))?.outcome).toBe(outcome);
  });

  it("says of each rule why it did not reach the image", () => {
    expect(only(three, image(1, 10))?.reason).toBe(
      "Not deprecated: It is 10 days old, not yet 30 days. Not disabled: It is 10 days old, not yet 60 days. Not deleted: It is 10 days old, not yet 90 days.",
    );
  });
});

describe("an exclusion", () => {
  const excluding = (exclusionRules: LifecycleRuleInput["exclusionRules"]) =>
    policyOf({ ...age("DELETE", 30), exclusionRules });

  it.each([
    [
      "a tag of the image",
      { tagMap: { keep: "yes" } },
      { tags: { keep: "yes" } },
      "Its tag keep = yes is excluded.",
    ],
    [
      "a public AMI",
      { amis: { isPublic: true } },
      { amis: ami({ isPublic: true }) },
      "Its AMI ami-1 is public, which is excluded.",
    ],
    [
      "a Region",
      { amis: { regions: ["us-east-1"] } },
      {},
      "Its AMI ami-1 is in us-east-1, which is excluded.",
    ],
    [
      "an account that it is shared with",
      { amis: { sharedAccounts: ["222222222222"] } },
      { amis: ami({ sharedAccounts: ["222222222222"] }) },
      "Its AMI ami-1 is shared with 222222222222, which is excluded.",
    ],
    [
      "a tag of the AMI",
      { amis: { tagMap: { keep: "yes" } } },
      { amis: ami({ tags: { keep: "yes" } }) },
      "The tag keep = yes of its AMI ami-1 is excluded.",
    ],
    [
      "a launch not long ago",
      { amis: { lastLaunched: { value: 2, unit: "WEEKS" as const } } },
      { amis: ami({ lastLaunchedAt: daysAgo(13) }) },
      "Its AMI ami-1 was launched 13 days ago.",
    ],
  ])("saves an image by %s", (_, rules, changes, reason) => {
    expect(only(excluding(rules), image(1, 90, changes))).toMatchObject({ outcome: "STAY", reason });
  });

  it.each([
    ["another value of the tag", { tagMap: { keep: "yes" } }, { tags: { keep: "no" } }],
    ["a private AMI", { amis: { isPublic: true } }, { amis: ami({ isPublic: false }) }],
    ["another Region", { amis: { regions: ["eu-west-1"] } }, {}],
    [
      "a launch long ago",
      { amis: { lastLaunched: { value: 2, unit: "WEEKS" as const } } },
      { amis: ami({ lastLaunchedAt: daysAgo(15) }) },
    ],
    ["no launch at all", { amis: { lastLaunched: { value: 2, unit: "WEEKS" as const } } }, { amis: ami({}) }],
  ])("does not save one by %s", (_, rules, changes) => {
    expect(only(excluding(rules), image(1, 90, changes))?.outcome).toBe("DELETE");
  });

  it("gives an excluded image no place among those kept", () => {
    const policy = policyOf({ ...count(1), exclusionRules: { tagMap: { keep: "yes" } } });
    const images = [image(1, 3), image(2, 2), image(3, 1, { tags: { keep: "yes" } })];
    expect(outcomes(policy, images)).toEqual({ 1: "DELETE", 2: "STAY", 3: "STAY" });
  });

  it("spares only the AMIs that it matches, and the image when those are all", () => {
    const policy = excluding({ amis: { regions: ["eu-west-1"], isPublic: true } });
    const amis = [
      { amiId: "ami-1", region: "us-east-1" },
      { amiId: "ami-2", region: "eu-west-1", isPublic: true },
    ];
    const spared = [{ amiId: "ami-2", reason: "Its AMI ami-2 is in eu-west-1, which is excluded." }];
    expect(only(policy, image(1, 90, { amis }))).toMatchObject({ outcome: "DELETE", spared });
    expect(only(policy, image(1, 90, { amis: amis.slice(1) }))?.outcome).toBe("STAY");
    expect(only(policy, image(1, 90, { amis: [], status: "FAILED" }))?.outcome).toBe("DELETE");
  });
});
