import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "@/lib/core/actor";
import { parseArn } from "@/lib/core/arn";
import type { Target } from "@/lib/core/target";
import { getOverview } from "@/lib/overview/get-overview";
import { listImageBuilds } from "@/lib/overview/list-image-builds";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { listFiles, readText } from "@/lib/testing/project-files";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startStubAws } from "@/lib/testing/stub-aws";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { cancelImageBuild } from "../image-builds/cancel-image-build";
import { getImageBuild } from "../image-builds/get-image-build";
import { getPipeline } from "../pipelines/get-pipeline";
import { runPipeline } from "../pipelines/run-pipeline";
import { setPipelineStatus } from "../pipelines/set-pipeline-status";
import { listResources } from "../resources/list-resources";
import { AWS_CALLS, iamActionOf, SELF_CHECK } from "./aws-actions";
import { checkAwsPermissions } from "./check-aws-permissions";
import { iamActionsOf, metricStatements, policyOfRole } from "./policy-of-role";
import { splitPolicy } from "./split-policy";
import type { PolicyDocument } from "./types";

/** Prefix of IAM actions by the SDK's package, where they differ. */
const PREFIXES: Record<string, string> = {
  "cloudwatch-logs": "logs",
  "auto-scaling": "autoscaling",
  "service-quotas": "servicequotas",
};
/** A query changes nothing; a message is taken from a queue, and metrics are put into a namespace, of the console's own. */
const READS_BY_ANOTHER_NAME =
  /^(inspector2:BatchGetAccountStatus|logs:StartQuery|sqs:(Receive|Delete)Message|cloudwatch:PutMetricData)$/;
/** Reads of what has no ARN, or whose names are not known beforehand. */
const ON_ANYTHING =
  /^(logs:GetQueryResults|ecr:BatchGetImage|inspector2:BatchGetAccountStatus|[a-z0-9-]+:(Get|List|Describe|Simulate)\w*)$/;
/** Called with the console's own credentials, before the target's role is there. */
const OWN_CALLS = new Set(["sts:AssumeRole"]);

describe("the list of AWS calls", () => {
  it("names exactly the commands that the product's code imports", () => {
    const product = listFiles("lib").filter(
      (path) => path.endsWith(".ts") && !/(\.test\.ts|^lib\/(simulator|testing)\/)/.test(path),
    );
    const imported = product.flatMap((path) =>
      [...readText(path).matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([a-z0-9-]+)"/g)].flatMap(
        ([, names = "", client = ""]) =>
          [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${PREFIXES[client] ?? client}:${name}`),
      ),
    );
    const called = [...new Set(imported)].filter((call) => !OWN_CALLS.has(call)).toSorted();
    expect(called, "add what is missing to aws-actions.ts, with the least role that needs it").toEqual(
      Object.keys({ ...AWS_CALLS, ...SELF_CHECK }).toSorted(),
    );
  });
});

describe("the policy of a role", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole();
    await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
  });
  afterAll(() => testConsole.close());

  it.each<[Role, () => Promise<unknown>]>([
    [
      "viewer",
      async () => {
        const ctx = testConsole.contextOf({ role: "viewer", target: "*" });
        await getOverview({ ctx });
        await listPipelines({ ctx });
        await getPipeline({ ctx, input: { name: "web" } });
        await listImageBuilds({ ctx });
        await listResources({ ctx, input: { kind: "component" } });
      },
    ],
    [
      "operator",
      async () => {
        const ctx = testConsole.contextOf({ role: "operator", target: "*" });
        const key = await runPipeline({ ctx, input: { name: "web" } });
        await getImageBuild({ ctx, input: key });
        await cancelImageBuild({ ctx, input: key });
      },
    ],
    [
      "author",
      async () => {
        const ctx = testConsole.contextOf({ role: "author", target: "*" });
        await setPipelineStatus({ ctx, input: { name: "web", status: "DISABLED" } });
      },
    ],
  ])("allows all that use cases of a %s are seen to call", async (role, work) => {
    testConsole.calls.length = 0;
    await work();
    expect(testConsole.calls.length).toBeGreaterThan(0);
    const allowed = iamActionsOf(role);
    const missing = testConsole.calls.map(({ service, operation }) => iamActionOf(`${service}:${operation}`));
    expect(missing.filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it("lets a viewer write nothing, and each role do what the ones before it may", () => {
    const [viewer, operator, author, admin] = (["viewer", "operator", "author", "admin"] as const).map(
      iamActionsOf,
    );
    expect(
      viewer?.filter(
        (action) => !/:(Get|List|Describe|Simulate)/.test(action) && !READS_BY_ANOTHER_NAME.test(action),
      ),
    ).toEqual([]);
    expect(operator).toEqual(expect.arrayContaining(viewer ?? []));
    expect(author).toEqual(expect.arrayContaining(operator ?? []));
    expect(admin).toEqual(expect.arrayContaining(author ?? []));
  });

  it("writes to the account's own resources only, and hands on roles of the given names only", () => {
    const { Statement } = policyOfRole("author", { accountId: "111111111111", passRoles: ["Builder"] });
    const statement = (sid: string) => Statement.find(({ Sid }) => Sid === sid);
    expect(statement("Write")?.Resource).toBe("arn:aws:imagebuilder:*:111111111111:*");
    expect(statement("PassRoles")?.Resource).toBe("arn:aws:iam::111111111111:role/Builder");
    expect(statement("ReadOthers")?.Action).toContain("s3:ListAllMyBuckets");
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
  });

  it.each(ROLES)("allows a %s each action exactly once", (role) => {
    const allowed = policyOfRole(role, { queues: ["builds"], metrics: true }).Statement.flatMap(
      ({ Action }) => Action,
    );
    expect(allowed.toSorted()).toEqual(iamActionsOf(role));
  });

  it("reads the queues that are named and no other, and says nothing of SQS without one", () => {
    for (const role of ROLES) {
      expect(JSON.stringify(policyOfRole(role))).not.toContain("sqs");
      const scope = { accountId: "111111111111", region: "us-east-1", queues: ["builds"] };
      const hearing = policyOfRole(role, scope).Statement.filter(({ Action }) =>
        Action.some((action) => action.startsWith("sqs:")),
      );
      expect(hearing.map(({ Resource }) => Resource)).toEqual(["arn:aws:sqs:us-east-1:111111111111:builds"]);
    }
  });

  it("sends metrics to its own namespace and no other, and says nothing of that without the wish", () => {
    for (const role of ROLES) {
      expect(JSON.stringify(policyOfRole(role))).not.toMatch(/cloudwatch:(Put|Get)MetricData/);
      const { Statement } = policyOfRole(role, { metrics: true });
      const sending = Statement.filter(({ Action }) => Action.includes("cloudwatch:PutMetricData"));
      expect(sending).toEqual([
        {
          Sid: "SendMetrics",
          Effect: "Allow",
          Action: ["cloudwatch:PutMetricData"],
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": "Goldsmith" } },
        },
      ]);
      expect(Statement).toEqual(expect.arrayContaining(metricStatements()));
    }
  });

  it("writes, reads parameters and reads logs on named resources only, in each role", () => {
    const scope = { accountId: "111111111111", region: "us-east-1", queues: ["builds"] };
    for (const role of ROLES) {
      const broad = policyOfRole(role, scope).Statement.filter(({ Resource }) =>
        [Resource].flat().includes("*"),
      );
      const actions = broad.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => !ON_ANYTHING.test(action))).toEqual([]);
      expect(actions.filter((action) => /^ssm:GetParameter/.test(action))).toEqual([]);
    }
  });

  it.each([
    ["us-east-1", "aws", ["ec2.amazonaws.com", "imagebuilder.amazonaws.com"]],
    ["cn-north-1", "aws-cn", ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]],
    ["us-gov-west-1", "aws-us-gov", ["ec2.amazonaws.com"]],
    ["us-iso-east-1", "aws-iso", ["ec2.c2s.ic.gov"]],
    ["eusc-de-east-1", "aws-eusc", ["ec2.amazonaws.eu"]],
  ])("in %s is one of the partition %s", (region, partition, principals) => {
    const { Statement } = policyOfRole("admin", { region, accountId: "111111111111", queues: ["builds"] });
    const arns = Statement.flatMap(({ Resource }) => Resource).filter((resource) => resource !== "*");
    expect(arns.filter((arn) => parseArn(arn)?.partition !== partition)).toEqual([]);
    const handed = Statement.find(({ Sid }) => Sid === "PassRoles")?.Condition?.StringEquals;
    expect(handed?.["iam:PassedToService"]).toEqual(expect.arrayContaining(principals));
  });

  it.each([
    [["--role", "viewer", "--partition", "aws-xx"], "--partition must be"],
    [["--role", "viewer", "--partition", "aws", "--region", "cn-north-1"], "aws-cn"],
    [["--role", "viewer", "--account", "prod"], "--account must be"],
    [["--role", "viewer", "--as", "yaml"], "--as must be"],
    [["--trust", "goldsmith"], "--trust must be"],
  ])("is not printed for %j", async (flags, reason) => {
    const printing = promisify(execFile)(process.execPath, [
      ...["--conditions=react-server", "--import", "tsx", "scripts/iam-policy.ts", ...flags],
    ]);
    await expect(printing).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });

  it("leaves lifecycle policies, which delete images, to administrators", () => {
    const changing = /LifecyclePolicy$/;
    const writes = (role: Role) =>
      iamActionsOf(role).filter((action) => changing.test(action) && !action.includes(":Get"));
    expect(writes("author")).toEqual([]);
    expect(writes("admin")).toHaveLength(3);
  });

  it.each(ROLES)("is printed for a %s by the command of the documents", async (role) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...["--conditions=react-server", "--import", "tsx", "scripts/iam-policy.ts", "--role", role],
    ]);
    expect(JSON.parse(stdout)).toEqual(splitPolicy(`goldsmith-${role}`, policyOfRole(role)));
  });
});

describe("checkAwsPermissions", () => {
  it("shows what AWS refused so far, where AWS cannot be asked what it would refuse", async () => {
    const refusal = { status: 403, json: { message: "no" }, errorType: "AccessDeniedException" };
    const stub = await startStubAws(() => refusal, { answersForAccounts: false });
    const testConsole = await startTestConsole({ endpoint: stub.url });
    const ctx = testConsole.contextOf();
    await listPipelines({ ctx }).catch(() => undefined);
    const answer = await checkAwsPermissions({ ctx });
    expect(answer).toMatchObject({ source: "observed", account: { state: "not-known" } });
    const refused = answer.permissions.filter(({ state }) => state === "lacking");
    expect(refused.map(({ action }) => action)).toContain("imagebuilder:ListImagePipelines");
    await testConsole.close();
    await stub.close();
  });

  /** What IAM says a role with this policy lacks, among what a console of the role needs. */
  async function lackingUnder(
    policy: PolicyDocument,
    role: Role,
    queue?: Pick<Target, "buildEventsQueueUrl" | "cloudWatchPipelines">,
  ): Promise<string[]> {
    const RoleName = "goldsmith";
    const roleArn = `arn:aws:iam::222222222222:role/${RoleName}`;
    const testConsole = await startTestConsole({ roleArn, ...queue });
    const ctx = testConsole.contextOf();
    const PolicyDocument = JSON.stringify(policy);
    await ctx.aws.iam.write(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: PolicyDocument }));
    await ctx.aws.iam.write(new PutRolePolicyCommand({ RoleName, PolicyName: "console", PolicyDocument }));
    const { source, permissions } = await checkAwsPermissions({ ctx });
    await testConsole.close();
    expect(source).toBe("simulated");
    const needed = iamActionsOf(role);
    return (
      permissions
        // IAM is not asked for a launch: what it would say of it is not known.
        .filter(({ action, state }) => state !== (action === "ec2:RunInstances" ? "unknown" : "allowed"))
        .filter(({ action }) => needed.includes(action))
        .map(({ action }) => action)
    );
  }

  it.each(ROLES)(
    "finds that a console of the role %s lacks nothing under the policy made for it",
    async (role) => {
      const scope = { accountId: "222222222222", region: "us-east-1" };
      expect(await lackingUnder(policyOfRole(role, scope), role)).toEqual([]);
    },
  );

  it("asks for what metrics need only where they are on", async () => {
    const scope = { accountId: "222222222222", region: "us-east-1" };
    const on = { cloudWatchPipelines: 3 };
    expect(await lackingUnder(policyOfRole("viewer", { ...scope, metrics: true }), "viewer", on)).toEqual([]);
    const lacking = ["cloudwatch:GetMetricData", "cloudwatch:PutMetricData"];
    expect((await lackingUnder(policyOfRole("viewer", scope), "viewer", on)).toSorted()).toEqual(lacking);
  });

  it("says that the root user lacks nothing, rather than ask IAM, which does not evaluate it", async () => {
    const testConsole = await startTestConsole();
    const { source, permissions } = await checkAwsPermissions({ ctx: testConsole.contextOf() });
    expect(source).toBe("root");
    expect(permissions.filter(({ state }) => state !== "allowed")).toEqual([]);
    await testConsole.close();
  });

  it("names what the target's role lacks, as IAM itself evaluates it", async () => {
    const policy = policyOfRole("admin");
    const without: PolicyDocument = {
      ...policy,
      Statement: policy.Statement.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((action) => action !== "imagebuilder:CancelImageCreation"),
      })),
    };
    expect(await lackingUnder(without, "admin")).toEqual(["imagebuilder:CancelImageCreation"]);
    const queue = { buildEventsQueueUrl: "https://sqs.us-east-1.amazonaws.com/222222222222/builds" };
    const hearing = ["sqs:DeleteMessage", "sqs:ReceiveMessage"];
    expect(await lackingUnder(policyOfRole("viewer", { queues: ["others"] }), "viewer", queue)).toEqual(
      hearing,
    );
    expect(await lackingUnder(policyOfRole("viewer", { queues: ["builds"] }), "viewer", queue)).toEqual([]);
    expect(await lackingUnder(policyOfRole("admin", { accountId: "999999999999" }), "operator")).toEqual(
      expect.arrayContaining(["imagebuilder:StartImagePipelineExecution", "logs:GetLogEvents"]),
    );
  });
});
