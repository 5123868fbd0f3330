import { describe, expect, it } from "vitest";
import { type BaseImageFacts, type ComponentFacts, judgeComponents } from "./judge-components";
import { judgeNetwork, type SubnetFacts } from "./judge-network";
import { judgeSharing } from "./judge-sharing";

const ALL_ENDPOINTS = ["ssm", "ssmmessages", "ec2messages", "imagebuilder", "s3", "logs"];

describe("judgeNetwork", () => {
  it.each<[string, Partial<SubnetFacts>, string]>([
    [
      "an internet gateway and public addresses",
      { defaultRoutes: ["igw-1"], givesPublicAddress: true },
      "ok",
    ],
    ["an internet gateway without public addresses", { defaultRoutes: ["igw-1"] }, "problem"],
    ["a NAT gateway", { defaultRoutes: ["nat-1"] }, "ok"],
    ["a transit gateway", { defaultRoutes: ["tgw-1"] }, "ok"],
    ["an egress-only gateway for IPv6 alone", { defaultRoutes: ["eigw-1"] }, "problem"],
    ["all endpoints", { endpoints: ALL_ENDPOINTS }, "ok"],
    ["all endpoints but one", { endpoints: ALL_ENDPOINTS.slice(1) }, "problem"],
    ["nothing", {}, "problem"],
  ])("with %s", (_, facts, state) => {
    const subnet = {
      subnetId: "subnet-1",
      vpcId: "vpc-1",
      givesPublicAddress: false,
      defaultRoutes: [],
      endpoints: [],
    };
    expect(judgeNetwork({ ...subnet, ...facts }).state).toBe(state);
  });

  it("names the endpoints that are lacking", () => {
    const facts = { subnetId: "subnet-1", vpcId: "vpc-1", givesPublicAddress: false, defaultRoutes: [] };
    expect(judgeNetwork({ ...facts, endpoints: ["ssm", "s3"] }).fix).toBe(
      "Add a NAT gateway, or VPC endpoints for ssmmessages, ec2messages, imagebuilder, logs.",
    );
  });
});

describe("judgeComponents", () => {
  const arn = "arn:aws:imagebuilder:us-east-1:111111111111:component/nginx/1.0.0/1";
  const linux: BaseImageFacts = { platform: "Linux", osVersion: "Amazon Linux 2023" };
  const judged = (base: BaseImageFacts, component: Partial<ComponentFacts>) =>
    judgeComponents(base, [{ arn, ...component }])[0];

  it.each<[string, BaseImageFacts, Partial<ComponentFacts>, string, string]>([
    ["of its platform", linux, { platform: "Linux" }, "ok", "All components support Amazon Linux 2023"],
    ["of another platform", linux, { platform: "Windows" }, "problem", "nginx is for Windows"],
    [
      "whose OS begins the image's",
      linux,
      { supportedOsVersions: ["Amazon Linux"] },
      "ok",
      "All components support Amazon Linux 2023",
    ],
    [
      "for another OS",
      linux,
      { supportedOsVersions: ["Ubuntu"] },
      "problem",
      "nginx does not support Amazon Linux 2023",
    ],
    ["that is deprecated", linux, { status: "DEPRECATED" }, "problem", "nginx is deprecated"],
    ["that is not there", linux, { isMissing: true }, "problem", "nginx cannot be read"],
    [
      "for one OS on a base that says its platform only",
      { platform: "Linux" },
      { platform: "Linux", supportedOsVersions: ["Ubuntu"] },
      "unknown",
      "Can't check the components: the base image doesn't report its OS version",
    ],
    [
      "for any OS on a base that says its platform only",
      { platform: "Linux" },
      { platform: "Linux" },
      "ok",
      "All components support Linux",
    ],
    [
      "of which neither platform nor OS is known",
      linux,
      {},
      "unknown",
      "Can't check nginx: AWS doesn't say its platform",
    ],
  ])("a component %s", (_, base, component, state, title) => {
    expect(judged(base, component)).toMatchObject({ state, title });
  });

  it("does not claim what the base image does not say", () => {
    expect(judged({}, { platform: "Linux" })?.state).toBe("unknown");
  });

  it("has nothing to say of no components", () => {
    expect(judgeComponents(linux, [])).toEqual([]);
  });
});

describe("judgeSharing", () => {
  const region = "us-east-1";
  const own = { id: "alias/web", state: "Enabled", isManagedByAws: false };
  const shared = { launchPermission: { userIds: ["222222222222"] } };
  const everybody = { launchPermission: { userGroups: ["all"] } };

  it.each([
    ["nothing shared, nothing encrypted", {}, undefined, "no", []],
    ["a key that is there", {}, own, "no", ["kms us-east-1 ok"]],
    ["a key that is not there", {}, { id: "alias/gone", isMissing: true }, "no", ["kms us-east-1 problem"]],
    ["a key that is disabled", {}, { id: "alias/off", state: "Disabled" }, "no", ["kms us-east-1 problem"]],
    ["an AMI shared in the clear", shared, undefined, "no", ["sharing us-east-1 ok"]],
    ["an AMI shared under the recipe's own key", shared, undefined, "own-key", ["sharing us-east-1 warning"]],
    ["an AMI shared under AWS's key", shared, undefined, "default-key", ["sharing us-east-1 problem"]],
    [
      "an AMI shared under a key of yours",
      shared,
      own,
      "default-key",
      ["kms us-east-1 ok", "sharing us-east-1 warning"],
    ],
    [
      "a copy to an account under AWS's key",
      { targetAccountIds: ["222222222222"] },
      undefined,
      "default-key",
      ["sharing us-east-1 problem"],
    ],
    ["a public AMI", everybody, undefined, "no", ["sharing us-east-1 warning"]],
    [
      "a public AMI that is encrypted",
      everybody,
      own,
      "no",
      ["kms us-east-1 ok", "sharing us-east-1 problem"],
    ],
    [
      "a key of another account that is not shown",
      shared,
      { id: "arn", hiddenIn: "222222222222" },
      "unknown",
      ["kms us-east-1 unknown", "sharing us-east-1 warning"],
    ],
    ["an AMI shared, encryption not looked at", shared, undefined, "unknown", ["sharing us-east-1 unknown"]],
    [
      "a public AMI, encryption not looked at",
      everybody,
      undefined,
      "unknown",
      ["sharing us-east-1 unknown"],
    ],
  ] as const)("with %s", (_, ami, key, state, checks) => {
    const distribution = { region, amiDistributionConfiguration: JSON.parse(JSON.stringify(ami)) };
    const found = judgeSharing({ distribution, key, encryption: { state, evidence: "e" } });
    expect(found.map(({ id, state }) => `${id} ${state}`)).toEqual(checks);
  });
});
