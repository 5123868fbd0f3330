import { urls } from "@/lib/core/urls";
import type { AwsPermissionCheck } from "@/lib/image-builder/aws-permissions/types";
import type { ChoiceList } from "@/lib/image-builder/choices/types";
import type { ScanActivation, ScanState } from "@/lib/image-builder/scanning/types";
import type { Notifications } from "@/lib/notifications/types";
import { INSTANCE_PROFILE_CLOUDFORMATION, INSTANCE_PROFILE_TERRAFORM } from "./instance-profile-code";

/** An answer of the console: what it said, why it said nothing, or neither while it is waited for. */
export type Answer<Data> = { data?: Data; error?: string };

export type FirstRunStep = {
  id:
    | "credentials"
    | "permissions"
    | "instance-profile"
    | "network"
    | "pipeline"
    | "scanning"
    | "notifications";
  title: string;
  /** `unknown`: not checked, or the check was refused. `pending`: the answer is waited for. */
  state: "done" | "todo" | "problem" | "unknown" | "pending";
  detail: string;
  /** Texts to copy, each with what it is. */
  code: { label: string; text: string }[];
  /** Where it is done in this console. */
  link?: { label: string; href: ReturnType<typeof urls.overview> };
};

/** What an empty account needs before its first image, in order, each as far as AWS says. */
export function firstRunSteps(
  target: string,
  {
    permissions,
    profiles,
    vpcs,
    scanning,
    notifications,
  }: {
    permissions: Answer<AwsPermissionCheck>;
    profiles: Answer<ChoiceList>;
    vpcs: Answer<ChoiceList>;
    scanning: Answer<ScanActivation>;
    notifications: Answer<Pick<Notifications, "rules">>;
  },
): FirstRunStep[] {
  return [
    credentialsStep(permissions),
    permissionsStep(target, permissions),
    profileStep(profiles),
    networkStep(vpcs),
    {
      id: "pipeline",
      title: "First pipeline",
      state: "todo",
      detail: "Start from a template: no field to fill in.",
      code: [],
      link: { label: "Choose a template", href: urls.newPipeline(target) },
    },
    scanningStep(scanning),
    notificationsStep(target, notifications),
  ];
}

const step = (id: FirstRunStep["id"], title: string) => ({ id, title, code: [] });
const waiting = { state: "pending", detail: "Checking…" } as const;
const unknown = (reason: string) => ({ state: "unknown", detail: `Not known. ${reason}` }) as const;

function credentialsStep({ data, error }: Answer<AwsPermissionCheck>): FirstRunStep {
  const base = step("credentials", "Credentials");
  if (error) return { ...base, ...unknown(error) };
  if (!data) return { ...base, ...waiting };
  const { account } = data;
  if (account.state === "confirmed")
    return {
      ...base,
      state: "done",
      detail: `Signed in to AWS account ${account.accountId} as ${account.arn}`,
    };
  if (account.state === "differs") return { ...base, state: "problem", detail: account.reason };
  return { ...base, ...unknown(account.reason) };
}

function permissionsStep(target: string, { data, error }: Answer<AwsPermissionCheck>): FirstRunStep {
  const base = {
    ...step("permissions", "Console permissions"),
    link: { label: "AWS permissions", href: urls.awsPermissions(target) },
  };
  if (error) return { ...base, ...unknown(error) };
  if (!data) return { ...base, ...waiting };
  const lacking = data.permissions.filter(({ state }) => state === "lacking").map(({ action }) => action);
  if (lacking.length > 0)
    return {
      ...base,
      state: "problem",
      detail: `${lacking.length} of ${data.permissions.length} actions missing. Add this statement to the role.`,
      code: [{ label: "Statement", text: statementFor(lacking) }],
    };
  if (data.source === "observed")
    return { ...base, ...unknown(data.reason ?? "The role's policies couldn't be checked.") };
  return { ...base, state: "done", detail: `All ${data.permissions.length} actions allowed` };
}

/** One statement of an IAM policy that allows the actions, as JSON. */
export const statementFor = (actions: string[]): string =>
  JSON.stringify({ Effect: "Allow", Action: [...new Set(actions)].toSorted(), Resource: "*" }, null, 2);

function profileStep({ data, error }: Answer<ChoiceList>): FirstRunStep {
  const base = step("instance-profile", "Instance profile");
  const reason = error ?? (data?.choices.length === 0 ? data.reason : undefined);
  if (reason) return { ...base, ...unknown(reason) };
  if (!data) return { ...base, ...waiting };
  if (data.choices.length === 0)
    return {
      ...base,
      state: "problem",
      detail:
        "None found. Build instances need a profile whose role has EC2InstanceProfileForImageBuilder and AmazonSSMManagedInstanceCore.",
      code: [
        { label: "CloudFormation", text: INSTANCE_PROFILE_CLOUDFORMATION },
        { label: "Terraform", text: INSTANCE_PROFILE_TERRAFORM },
      ],
    };
  const [first] = data.choices;
  const others = data.choices.length - 1;
  return {
    ...base,
    state: "done",
    detail: `${first?.value}${others > 0 ? ` and ${others} more` : ""} found. The checks before a build read their policies.`,
  };
}

function scanningStep({ data, error }: Answer<ScanActivation>): FirstRunStep {
  const base = step("scanning", "Vulnerability scanning");
  const reason = error ?? data?.reason;
  if (reason) return { ...base, ...unknown(reason) };
  if (!data) return { ...base, ...waiting };
  const kinds = [
    { type: "EC2", what: "EC2 instances, for AMIs", state: data.ec2 },
    { type: "ECR", what: "ECR images, for container images", state: data.ecr },
  ];
  const whatIs = (state: ScanState) =>
    kinds
      .filter((kind) => kind.state === state)
      .map(({ what }) => what)
      .join("; ");
  const off = kinds.filter((kind) => kind.state === "off");
  if (off.length > 0)
    return {
      ...base,
      state: "todo",
      detail: `Amazon Inspector doesn't scan ${whatIs("off")}. Turn it on, then image scanning in the pipeline. Inspector charges apply.`,
      code: [
        {
          label: "AWS CLI",
          text: `aws inspector2 enable --resource-types ${off.map(({ type }) => type).join(" ")}`,
        },
      ],
    };
  if (kinds.some(({ state }) => state === "changing"))
    return { ...base, state: "unknown", detail: `Being turned on or off: ${whatIs("changing")}.` };
  if (kinds.some(({ state }) => state === "unknown"))
    return { ...base, ...unknown(`Amazon Inspector does not report ${whatIs("unknown")}.`) };
  return {
    ...base,
    state: "done",
    detail: "Amazon Inspector scans EC2 instances and ECR images. Turn on image scanning in the pipeline.",
  };
}

function notificationsStep(
  target: string,
  { data, error }: Answer<Pick<Notifications, "rules">>,
): FirstRunStep {
  const base = {
    ...step("notifications", "Notifications"),
    link: { label: "Notifications", href: urls.notifications(target) },
  };
  if (error) return { ...base, ...unknown(error) };
  if (!data) return { ...base, ...waiting };
  const on = data.rules.filter(({ isOn }) => isOn).length;
  if (on === 0)
    return {
      ...base,
      state: "todo",
      detail: "No one is notified of failed builds. Add a receiver and a rule.",
    };
  return { ...base, state: "done", detail: `${on} ${on === 1 ? "rule" : "rules"} on` };
}

function networkStep({ data, error }: Answer<ChoiceList>): FirstRunStep {
  const base = step("network", "Network");
  const reason = error ?? (data?.choices.length === 0 ? data.reason : undefined);
  if (reason) return { ...base, ...unknown(reason) };
  if (!data) return { ...base, ...waiting };
  if (data.choices.length === 0)
    return {
      ...base,
      state: "problem",
      detail: "No VPC in this Region. Builds run in the default VPC unless you choose a subnet.",
      code: [{ label: "AWS CLI", text: "aws ec2 create-default-vpc" }],
    };
  return {
    ...base,
    state: "done",
    detail: `${data.choices
      .map(({ value }) => value)
      .slice(0, 3)
      .join(", ")} found. The checks before a build test the route to Systems Manager.`,
  };
}
