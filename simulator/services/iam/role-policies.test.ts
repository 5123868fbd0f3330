import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { beforeAll, describe, expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock } from "../../testing";

const clock = manualClock(Date.UTC(2026, 10, 20));
const iam = new IAMClient(
  clientConfig(createSimulator({ clock, seed: "empty" }), { account: "222222222222" }),
);
const RoleName = "console";
const PolicySourceArn = `arn:aws:iam::222222222222:role/${RoleName}`;
const OWN = "arn:aws:imagebuilder:eu-west-1:222222222222:image-pipeline/web";
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

async function decide(
  action: string,
  { resource, ...more }: { resource?: string; PolicyInputList?: string[]; ContextEntries?: object[] } = {},
) {
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [action],
      ...(resource && { ResourceArns: [resource] }),
      ...more,
    } as never),
  );
  return EvaluationResults.map(({ EvalDecision }) => EvalDecision).join();
}

beforeAll(async () => {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy() }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: "own",
      PolicyDocument: policy(
        { Effect: "Allow", Action: "imagebuilder:List*", Resource: "*" },
        { Effect: "Allow", Action: "imagebuilder:*", Resource: "arn:aws:imagebuilder:*:222222222222:*" },
        { Effect: "Deny", Action: ["imagebuilder:deleteimage"], Resource: "*" },
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
        },
      ),
    }),
  );
});

describe("a role's own policies", () => {
  test("are listed, read back as they were written, and keep the role from being deleted", async () => {
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(["own"]);
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "own" }));
    expect(JSON.parse(decodeURIComponent(PolicyDocument)).Statement).toHaveLength(4);
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: "DeleteConflictException",
    });
    await expect(
      iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "constructor" })),
    ).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });

  test.each(["", "null", "[]", "{", '{"Statement":[null]}', '{"Statement":{"Effect":"Perhaps"}}'])(
    "are refused when they are %j",
    async (PolicyDocument) => {
      const put = new PutRolePolicyCommand({ RoleName, PolicyName: "bad", PolicyDocument });
      await expect(iam.send(put)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    },
  );
});

describe("the policy simulator", () => {
  test("allows what a statement names, on the resources it names", async () => {
    expect(await decide("imagebuilder:ListImages")).toBe("allowed");
    expect(await decide("imagebuilder:StartImagePipelineExecution", { resource: OWN })).toBe("allowed");
  });

  test("denies by silence, also on all resources when only some are named", async () => {
    expect(await decide("imagebuilder:StartImagePipelineExecution")).toBe("implicitDeny");
    expect(await decide("ec2:DescribeImages")).toBe("implicitDeny");
    const others = OWN.replace("222222222222", "333333333333");
    expect(await decide("imagebuilder:GetImagePipeline", { resource: others })).toBe("implicitDeny");
  });

  test("lets one Deny outweigh every Allow, whatever the case of the action's name", async () => {
    const attach = { RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
    await iam.send(new AttachRolePolicyCommand(attach));
    expect(await decide("ec2:DescribeImages")).toBe("allowed");
    expect(await decide("imagebuilder:DeleteImage", { resource: OWN })).toBe("explicitDeny");
  });

  test("heeds a condition", async () => {
    const PolicyInputList = [policy({ Effect: "Deny", NotAction: "iam:PassRole", Resource: "*" })];
    expect(await decide("ec2:DescribeImages", { PolicyInputList })).toBe("explicitDeny");
    const entry = {
      ContextKeyName: "iam:PassedToService",
      ContextKeyType: "string",
      ContextKeyValues: ["ec2.amazonaws.com"],
    };
    expect(await decide("iam:PassRole", { ContextEntries: [entry] })).toBe("allowed");
  });

  test("refuses who is no role, and a policy that is none", async () => {
    const ask = (input: { PolicySourceArn: string; PolicyInputList?: string[] }) =>
      iam.send(new SimulatePrincipalPolicyCommand({ ActionNames: ["s3:GetObject"], ...input }));
    await expect(ask({ PolicySourceArn: "arn:aws:iam::222222222222:root" })).rejects.toMatchObject({
      name: "InvalidInputException",
    });
    await expect(ask({ PolicySourceArn: `${PolicySourceArn}s` })).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
    await expect(ask({ PolicySourceArn, PolicyInputList: ["{"] })).rejects.toMatchObject({
      name: "InvalidInputException",
    });
  });
});
