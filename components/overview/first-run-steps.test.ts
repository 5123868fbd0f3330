import { describe, expect, it } from "vitest";
import type { AwsPermission, AwsPermissionCheck } from "@/lib/image-builder/aws-permissions/types";
import type { ScanState } from "@/lib/image-builder/scanning/types";
import { firstRunSteps, statementFor } from "./first-run-steps";

const allowed: AwsPermission = {
  action: "ec2:DescribeImages",
  role: "viewer",
  for: "read images",
  state: "allowed",
};
const check = (over: Partial<AwsPermissionCheck> = {}): AwsPermissionCheck => ({
  source: "simulated",
  permissions: [allowed],
  account: {
    state: "confirmed",
    accountId: "111111111111",
    arn: "arn:aws:iam::111111111111:role/console",
    at: 0,
  },
  ...over,
});
const choice = (value: string) => ({ value, label: value });
const good = {
  permissions: { data: check() },
  profiles: { data: { choices: [choice("EC2InstanceProfileForImageBuilder")] } },
  vpcs: { data: { choices: [choice("vpc-1")] } },
  scanning: { data: { ec2: "on", ecr: "on" } as const },
  notifications: { data: { rules: [] } },
};
type Over = Partial<Parameters<typeof firstRunSteps>[1]>;

const stateOf = (id: string, over: Over = {}) =>
  firstRunSteps("demo", { ...good, ...over }).find((step) => step.id === id);

describe("the first steps in an account", () => {
  it("are done where AWS says so, and the pipeline is next", () => {
    expect(firstRunSteps("demo", good).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "credentials done",
      "permissions done",
      "instance-profile done",
      "network done",
      "pipeline todo",
      "scanning done",
      "notifications todo",
    ]);
  });

  it("name the missing actions in a statement to copy", () => {
    const lacking = check({
      permissions: [allowed, { ...allowed, action: "iam:PassRole", state: "lacking" }],
    });
    const step = stateOf("permissions", { permissions: { data: lacking } });
    expect(step).toMatchObject({ state: "problem" });
    expect(JSON.parse(step?.code[0]?.text ?? "")).toEqual({
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: "*",
    });
    expect(statementFor(["b", "a", "b"])).toBe(statementFor(["a", "b"]));
  });

  it.each([
    ["credentials", { permissions: { error: "No answer." } }],
    ["credentials", { permissions: { data: check({ account: { state: "not-known", reason: "No." } }) } }],
    ["permissions", { permissions: { error: "No answer." } }],
    ["permissions", { permissions: { data: check({ source: "observed", reason: "Denied." }) } }],
    ["instance-profile", { profiles: { error: "No answer." } }],
    ["instance-profile", { profiles: { data: { choices: [], reason: "Access denied." } } }],
    ["network", { vpcs: { error: "No answer." } }],
    ["notifications", { notifications: { error: "Only authors may." } }],
    ["network", { vpcs: { data: { choices: [], reason: "Access denied." } } }],
    ["scanning", { scanning: { error: "No answer." } }],
    ["scanning", { scanning: { data: { ec2: "unknown", ecr: "on" } } }],
  ] as [string, Over][])("are not known where AWS was not asked or refused: %s %#", (id, over) => {
    expect(stateOf(id, over)).toMatchObject({
      state: "unknown",
      detail: expect.stringMatching(/^Not known/),
    });
  });

  it.each([
    ["instance-profile", { profiles: { data: { choices: [] } } }, ["CloudFormation", "Terraform"]],
    ["network", { vpcs: { data: { choices: [] } } }, ["AWS CLI"]],
  ] as [string, Over, string[]][])("say how to do what is missing: %s", (id, over, labels) => {
    const step = stateOf(id, over);
    expect(step?.state).toBe("problem");
    expect(step?.code.map(({ label }) => label)).toEqual(labels);
  });

  it("name the kind of scanning that is off, and only that one in the command", () => {
    const step = (ec2: ScanState, ecr: ScanState) =>
      stateOf("scanning", { scanning: { data: { ec2, ecr } } });
    expect(step("off", "on")).toMatchObject({
      state: "todo",
      code: [{ text: "aws inspector2 enable --resource-types EC2" }],
    });
    expect(step("off", "off")?.code[0]?.text).toMatch(/EC2 ECR$/);
    expect(step("changing", "on")).toMatchObject({ state: "unknown" });
  });

  it("count the notification rules that are on", () => {
    const rule = {
      id: "a",
      events: [],
      namePrefix: "",
      receiverId: "b",
      filters: { tags: [], severities: [] },
      timing: { cadence: "at-once" as const, dailyAt: "09:00", timeZone: "UTC" },
    };
    const rules = [
      { ...rule, isOn: true },
      { ...rule, isOn: false },
    ];
    expect(stateOf("notifications", { notifications: { data: { rules } } })).toMatchObject({
      state: "done",
      detail: "1 rule on",
    });
    expect(stateOf("notifications", { notifications: { data: { rules: rules.slice(1) } } })?.state).toBe(
      "todo",
    );
  });

  it("wait for what was not answered yet", () => {
    const steps = firstRunSteps("demo", {
      permissions: {},
      profiles: {},
      vpcs: {},
      scanning: {},
      notifications: {},
    });
    expect(steps.filter(({ state }) => state === "pending")).toHaveLength(6);
  });
});
