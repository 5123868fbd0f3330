import {
  DisableEbsEncryptionByDefaultCommand,
  EnableEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2";
import { CreateWorkflowCommand } from "@aws-sdk/client-imagebuilder";
import { DisableCommand, EnableCommand, Inspector2Client } from "@aws-sdk/client-inspector2";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { runPreflight } from "./run-preflight";
import { CHECKED_STEPS, type PreflightCheck, type PreflightSubject } from "./types";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "Web" });
});
afterAll(() => testConsole.close());

const AL2023 = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
type Draft = NonNullable<PreflightSubject["draft"]>;
const draftOf = (changes: Partial<Draft> = {}): Draft => ({
  recipe: {
    use: "image-recipe",
    input: { name: "web", semanticVersion: "1.0.0", parentImage: AL2023, components: [] },
  },
  components: [],
  infrastructure: {
    use: "new",
    input: { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder" },
  },
  distribution: { use: "none" },
  ...changes,
});
const infrastructureOf = (input: object): Draft["infrastructure"] => ({
  use: "new",
  input: { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder", ...input },
});
const distributionOf = (region: object): Draft["distribution"] => ({
  use: "new",
  input: { name: "web", distributions: [{ region: "us-east-1", ...region }] },
});
const sorted = (checks: PreflightCheck[]) =>
  checks.toSorted((a, b) => `${a.step} ${a.id} ${a.title}`.localeCompare(`${b.step} ${b.id} ${b.title}`));
const run = async (draft: Draft) => {
  const ctx = testConsole.contextOf();
  const checks = await runPreflight({ ctx, input: { name: "web", draft } });
  // Step by step, as beside the wizard's forms, the same is found: no check belongs to two steps or to none.
  const bySteps = await Promise.all(
    CHECKED_STEPS.map(async (step) => {
      const found = await runPreflight({ ctx, input: { name: "web", draft, step } });
      expect(found.filter((check) => check.step !== step)).toEqual([]);
      return found;
    }),
  );
  expect(sorted(bySteps.flat())).toEqual(sorted(checks));
  return checks.map(({ state, title }) => `${state}: ${title}`);
};

describe("runPreflight", () => {
  it("puts what a draft has the console read on record before it is read, and nothing of what it holds", async () => {
    const secret = "postgres://pay:HUNTER2@db/pay";
    const ssm = new SSMClient({
      endpoint: testConsole.simulatorUrl,
      region: "us-east-1",
      credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
    });
    const Name = "/imagebuilder/web/db-url";
    await ssm.send(new PutParameterCommand({ Name, Value: secret, Type: "String" }));
    for (const parameter of [Name, "/imagebuilder/web/gone"]) {
      const draft = draftOf({ recipe: { use: "image-recipe", input: { parentImage: `ssm:${parameter}` } } });
      const said = await runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
      const rows = (await testConsole.auditRows()).filter(({ action }) => action === "run-preflight");
      expect(rows.at(-1)).toMatchObject({
        resource: "web",
        result: "succeeded",
        input: { read: expect.arrayContaining([expect.stringContaining(parameter)]) },
      });
      for (const text of [JSON.stringify(said), JSON.stringify(await testConsole.auditRows())])
        expect(text).not.toContain("HUNTER2");
      expect(JSON.stringify(said)).toContain(`Parameter ${parameter} doesn't contain an AMI ID`);
      // A form that is checked as it is filled in: once for each person and thing in ten minutes.
      const recorded = async () =>
        (await testConsole.auditRows()).filter(({ action }) => action === "run-preflight").length;
      await runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
      expect(await recorded()).toBe(rows.length);
      testConsole.clock.advance(10 * MINUTE_MS);
      await runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
      expect(await recorded()).toBe(rows.length + 1);
    }
    ssm.destroy();
  });

  it("finds nothing in the way of a pipeline that builds", async () => {
    const checks = await runPreflight({ ctx: testConsole.contextOf(), input: { name: "Web" } });
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(checks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["base-image", "components", "instance-profile", "route", "quotas"]),
    );
    expect(checks.every(({ evidence }) => evidence.length > 0)).toBe(true);
  });

  it.each<[string, Draft, string]>([
    [
      "an instance profile that is not there",
      draftOf({ infrastructure: infrastructureOf({ instanceProfileName: "nobody" }) }),
      "problem: Instance profile nobody not found",
    ],
    [
      "a subnet that is not there",
      draftOf({ infrastructure: infrastructureOf({ subnetId: "subnet-0123456789abcdef0" }) }),
      "problem: Subnet subnet-0123456789abcdef0 not found",
    ],
    [
      "a log bucket that is not there",
      draftOf({ infrastructure: infrastructureOf({ logging: { s3Logs: { s3BucketName: "gone" } } }) }),
      "problem: Bucket gone not found",
    ],
    [
      "an instance type of another architecture",
      draftOf({ infrastructure: infrastructureOf({ instanceTypes: ["t4g.micro"] }) }),
      "problem: t4g.micro can't run an image for x86_64",
    ],
    [
      "an AMI that cannot be read",
      draftOf({ recipe: { use: "image-recipe", input: { parentImage: "ami-0123456789abcdef0" } } }),
      "problem: AMI ami-0123456789abcdef0 not found",
    ],
    [
      "a parameter that is not there",
      draftOf({ recipe: { use: "image-recipe", input: { parentImage: "ssm:/imagebuilder/gone" } } }),
      "problem: Parameter /imagebuilder/gone doesn't contain an AMI ID",
    ],
    [
      "a component for another platform",
      draftOf({
        recipe: {
          use: "image-recipe",
          input: {
            parentImage: AL2023,
            components: [
              { componentArn: "arn:aws:imagebuilder:us-east-1:aws:component/update-windows/x.x.x" },
            ],
          },
        },
      }),
      "problem: update-windows is for Windows",
    ],
    [
      "a component of the draft for another platform",
      draftOf({
        components: [{ name: "Install IIS", platform: "Windows" }],
        recipe: {
          use: "image-recipe",
          input: {
            parentImage: AL2023,
            components: [
              { componentArn: "arn:aws:imagebuilder:us-east-1:222222222222:component/install-iis/1.0.0" },
            ],
          },
        },
      }),
      "problem: install-iis is for Windows",
    ],
    [
      "a launch template that is not in the Region",
      draftOf({
        distribution: distributionOf({
          launchTemplateConfigurations: [{ launchTemplateId: "lt-0123456789abcdef0" }],
        }),
      }),
      "problem: Launch template lt-0123456789abcdef0 not found in us-east-1",
    ],
    [
      "a Region that is not enabled",
      draftOf({ distribution: distributionOf({ region: "xx-nowhere-1" }) }),
      "problem: Region xx-nowhere-1 is not enabled in this account",
    ],
    [
      "a key that is not in the Region",
      draftOf({ distribution: distributionOf({ amiDistributionConfiguration: { kmsKeyId: "alias/gone" } }) }),
      "problem: KMS key not found in us-east-1",
    ],
    [
      "a repository that is not there",
      draftOf({
        distribution: distributionOf({
          containerDistributionConfiguration: {
            targetRepository: { service: "ECR", repositoryName: "platform/gone" },
          },
        }),
      }),
      "problem: Repository platform/gone not found in us-east-1",
    ],
    [
      "a volume for another root device",
      draftOf({
        recipe: {
          use: "image-recipe",
          input: {
            parentImage: AL2023,
            blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { volumeSize: 30 } }],
          },
        },
      }),
      "warning: No volume for the root device /dev/xvda",
    ],
    [
      "a key of another account that this one may not look at",
      draftOf({
        distribution: distributionOf({
          amiDistributionConfiguration: {
            kmsKeyId: "arn:aws:kms:us-east-1:722200009999:key/00000000-1111-2222-3333-444444444444",
            launchPermission: { userIds: ["722200009999"] },
          },
        }),
      }),
      "unknown: Couldn't read the KMS key of account 722200009999",
    ],
  ])("finds %s", async (_, draft, said) => {
    expect(await run(draft)).toContain(said);
  });

  it("says that the Region's default encrypts what is to be shared", async () => {
    const shared = draftOf({
      distribution: distributionOf({
        amiDistributionConfiguration: { launchPermission: { userIds: ["333333333333"] } },
      }),
    });
    expect(await run(shared)).toContain("ok: The AMI in us-east-1 can be shared");
    const { aws } = testConsole.contextOf();
    await aws.ec2.write(new EnableEbsEncryptionByDefaultCommand({}));
    testConsole.clock.advance(DAY_MS);
    expect(await run(shared)).toContain("problem: An AMI encrypted with the AWS managed key can't be shared");
    await aws.ec2.write(new DisableEbsEncryptionByDefaultCommand({}));
    testConsole.clock.advance(DAY_MS);
  });

  it("54 says that a recipe has more components than the account's quota", async () => {
    const components = Array.from({ length: 21 }, (_, index) => ({
      componentArn: `arn:aws:imagebuilder:us-east-1:aws:component/update-linux-${index}/x.x.x`,
    }));
    const draft = draftOf({ recipe: { use: "image-recipe", input: { parentImage: AL2023, components } } });
    expect(await run(draft)).toContain("problem: Quota reached: Components per image recipe");
  });

  it.each([
    ["83 five launch templates", "launchTemplateConfigurations", 5, false],
    ["83 six launch templates", "launchTemplateConfigurations", 6, true],
    ["83 ten parameters", "ssmParameterConfigurations", 10, false],
    ["83 eleven parameters", "ssmParameterConfigurations", 11, true],
  ])("counts %s of a Region", async (_, member, count, isOver) => {
    const items = Array.from({ length: count }, (_item, index) =>
      member === "ssmParameterConfigurations" ? { parameterName: `/imagebuilder/web-${index}` } : {},
    );
    const said = await run(draftOf({ distribution: distributionOf({ [member]: items }) }));
    expect(said.some((text) => /^problem: Quota reached: .* per distribution/.test(text))).toBe(isOver);
  });

  it("reads the workflows of a pipeline for parameters that have no value", async () => {
    const { workflowBuildVersionArn } = await testConsole.imageBuilder.send(
      new CreateWorkflowCommand({
        name: "asks",
        semanticVersion: "1.0.0",
        type: "TEST",
        data: "schemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\nparameters:\n  - {name: team, type: string}\n",
      }),
    );
    const withParameters = (parameters: object[]) =>
      run({
        ...draftOf(),
        details: { name: "web", workflows: [{ workflowArn: workflowBuildVersionArn, parameters }] },
      } as Draft);
    expect(await withParameters([])).toContain("problem: AWS rejects the pipeline with these workflows");
    expect(await withParameters([{ name: "team", value: ["core"] }])).toContain(
      "ok: The workflows have their parameters",
    );
  });

  it("says whether Inspector scans what the pipeline makes, as it is turned off and on", async () => {
    const inspector = new Inspector2Client({
      endpoint: testConsole.simulatorUrl,
      region: "us-east-1",
      credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
    });
    const scanning = async (more: object = {}) => {
      testConsole.clock.advance(DAY_MS);
      const details = { name: "web", imageScanningConfiguration: { imageScanningEnabled: true }, ...more };
      return (await run({ ...draftOf(), details } as Draft)).filter((said) => /scan/i.test(said));
    };
    expect(await scanning()).toEqual(["ok: Amazon Inspector scans EC2 instances in us-east-1"]);
    await inspector.send(new DisableCommand({ resourceTypes: ["EC2"] }));
    expect(await scanning()).toEqual(["warning: Amazon Inspector does not scan EC2 instances in us-east-1"]);
    await inspector.send(new EnableCommand({ resourceTypes: ["EC2"] }));
    expect(await scanning({ imageTestsConfiguration: { imageTestsEnabled: false } })).toEqual([
      "warning: Image scanning needs image tests, which are off",
    ]);
    inspector.destroy();
  });

  it("is not for people who only look", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "test" });
    await expect(runPreflight({ ctx, input: { name: "Web" } })).rejects.toThrow("You need the role author");
  });
});
