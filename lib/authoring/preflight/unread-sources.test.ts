import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { FAULTS, type Fault, startFailingProxy } from "@/lib/testing/failing-proxy";
import { manualClock } from "@/lib/testing/manual-clock";
import type { StrangeWay } from "@/lib/testing/strange-answers";
import { startStrangeAws } from "@/lib/testing/strange-aws";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { startSimulator } from "@/simulator/index";
import { runPreflight } from "./run-preflight";
import type { PreflightCheck, PreflightSubject } from "./types";

/** Drafts of any make, and each source of their checks in turn gone: what it decides is never called fine. */
const ACCOUNT = "222222222222";
/** The checks that each service decides, by the beginning of their ids. */
const DECIDES: Record<string, RegExp> = {
  ec2: /^(instance-types|architecture|route|subnet|security-groups|region|launch-template|volumes|sharing)/,
  ecr: /^repository/,
  iam: /^instance-profile/,
  inspector2: /^scanning/,
  kms: /^kms/,
  s3: /^log-bucket/,
  servicequotas: /^quotas/,
  sns: /^topic/,
  ssm: /^nothing else/,
};
const SOURCES = Object.keys(DECIDES);

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let strange: Awaited<ReturnType<typeof startStrangeAws>>;
let proxy: Awaited<ReturnType<typeof startFailingProxy>>;
let testConsole: TestConsole;
let drafts: NonNullable<PreflightSubject["draft"]>[];
let slow: string | undefined;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty", clock: manualClock() });
  strange = await startStrangeAws(simulator.url);
  proxy = await startFailingProxy(strange.url);
  const isSlow = (service: string) => service === slow;
  testConsole = await startTestConsole({ endpoint: proxy.url, accountId: ACCOUNT, isSlow });
  drafts = fc.sample(draftsIn(await stock()), { numRuns: 12, seed: Number(process.env.TEST_SEED ?? 4600) });
}, 300_000);
afterAll(async () => {
  await testConsole.close();
  await proxy.close();
  await strange.close();
  await simulator.close();
});

async function checksOf(draft: (typeof drafts)[number]): Promise<PreflightCheck[]> {
  // What is fresh is not read again: a day later nothing is.
  testConsole.clock.advance(DAY_MS);
  return runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
}
const fine = (checks: PreflightCheck[]) => checks.filter(({ state }) => state === "ok").map(({ id }) => id);

it("the drafts make every source say something fine", async () => {
  const seen = new Set<string>();
  for (const draft of drafts) for (const id of fine(await checksOf(draft))) seen.add(id);
  for (const [source, ids] of Object.entries(DECIDES))
    if (source !== "ssm") expect([source, [...seen].some((id) => ids.test(id))]).toEqual([source, true]);
}, 300_000);

describe.each(SOURCES)("while %s", (source) => {
  it.each(Object.keys(FAULTS) as Fault[])(
    "%s, nothing that it decides is called fine",
    async (fault) => {
      for (const draft of drafts.slice(0, 4)) {
        slow = fault === "does not answer" ? source : undefined;
        proxy.breakDown(source, fault);
        const found = fine(await checksOf(draft));
        slow = undefined;
        proxy.breakDown(undefined);
        expect(found.filter((id) => DECIDES[source]?.test(id))).toEqual([]);
      }
    },
    60_000,
  );
});

describe.each(["lists nothing", "leaves out every member of what it lists"] satisfies StrangeWay[])(
  "an AWS that %s",
  (way) => {
    it("has nothing called fine", async () => {
      for (const draft of drafts) {
        strange.others(way);
        const found = fine(await checksOf(draft));
        strange.others(undefined);
        // A topic and a bucket are there by the status of the answer alone, and a key is no list.
        const told = found.filter((id) => !/^(base-image|components|topic|log-bucket|kms)/.test(id));
        expect(told).toEqual([]);
      }
    }, 300_000);
  },
);

type Stock = Awaited<ReturnType<typeof stock>>;
async function stock() {
  const { url: endpoint } = simulator;
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
  const options = { endpoint, region: "us-east-1", credentials };
  await new S3Client({ ...options, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: "build-logs" }),
  );
  const { TopicArn = "" } = await new SNSClient(options).send(new CreateTopicCommand({ Name: "builds" }));
  await new ECRClient(options).send(new CreateRepositoryCommand({ repositoryName: "platform/web" }));
  const { LaunchTemplate } = await new EC2Client(options).send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: "web",
      LaunchTemplateData: { InstanceType: "m5.large" },
    }),
  );
  const choices = async (kind: "subnets" | "security-groups" | "kms-keys") =>
    (await listChoices({ ctx: testConsole.contextOf(), input: { kind } })).choices;
  const [subnet] = await choices("subnets");
  const [group] = await choices("security-groups");
  const key = (await choices("kms-keys")).find((one) => one.group === "Customer managed");
  const parameter = { Name: "/images/web", Value: "ami-0123456789abcdef0", DataType: "aws:ec2:image" };
  await new SSMClient(options)
    .send(new PutParameterCommand({ ...parameter, Type: "String", Overwrite: true }))
    .catch(() => undefined);
  return {
    TopicArn,
    launchTemplateId: LaunchTemplate?.LaunchTemplateId ?? "",
    subnetId: subnet?.value ?? "",
    groupId: group?.value ?? "",
    keyArn: key?.value ?? "",
  };
}

/** Variants of what people really meet: device names, keys of here and elsewhere, architectures, agents. */
function draftsIn({ TopicArn, launchTemplateId, subnetId, groupId, keyArn }: Stock) {
  const managed = (name: string) => `arn:aws:imagebuilder:us-east-1:aws:image/${name}/x.x.x`;
  const foreign = "arn:aws:kms:us-east-1:722200009999:key/00000000-1111-2222-3333-444444444444";
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const key = fc.constantFrom(keyArn, foreign, "alias/aws/ebs");
  const volume = fc.record({
    deviceName: fc.constantFrom("/dev/xvda", "/dev/sda1", "/dev/sdf"),
    ebs: fc.record({
      volumeSize: fc.constantFrom(8, 30, 100),
      volumeType: fc.constantFrom("gp3", "io2"),
      kmsKeyId: maybe(key),
    }),
  });
  const recipe = fc.record({
    use: fc.constant("image-recipe" as const),
    input: fc.record({
      name: fc.constant("web"),
      semanticVersion: fc.constant("1.0.0"),
      parentImage: fc.constantFrom(
        managed("amazon-linux-2023-x86"),
        managed("amazon-linux-2023-arm64"),
        managed("windows-server-2022-english-full-base-x86"),
        "ssm:/images/web",
        "ami-0123456789abcdef0",
      ),
      components: fc.constant([]),
      blockDeviceMappings: fc.array(volume, { maxLength: 2 }),
    }),
  });
  const network = fc.constantFrom({}, { subnetId, securityGroupIds: [groupId] });
  const infrastructure = fc
    .tuple(network, fc.constantFrom(["m7i.large"], ["t4g.micro"], ["m7i.large", "t4g.micro"]), fc.boolean())
    .map(([inNetwork, instanceTypes, isTold]) => ({
      use: "new" as const,
      input: {
        name: "web",
        instanceProfileName: "EC2InstanceProfileForImageBuilder",
        instanceTypes,
        ...inNetwork,
        ...(isTold && { snsTopicArn: TopicArn, logging: { s3Logs: { s3BucketName: "build-logs" } } }),
      },
    }));
  const ami = fc.record({
    kmsKeyId: maybe(key),
    launchPermission: maybe(fc.constant({ userIds: ["333333333333"] })),
  });
  const distribution = ami.map((amiDistributionConfiguration) => ({
    use: "new" as const,
    input: {
      name: "web",
      distributions: [
        {
          region: "us-east-1",
          amiDistributionConfiguration,
          launchTemplateConfigurations: [{ launchTemplateId }],
          containerDistributionConfiguration: {
            targetRepository: { service: "ECR", repositoryName: "platform/web" },
          },
        },
      ],
    },
  }));
  // In the shape of a half-filled form, which may hold anything.
  return fc.record({
    recipe,
    infrastructure,
    distribution,
    components: fc.constant([]),
    details: fc.constant({ name: "web", imageScanningConfiguration: { imageScanningEnabled: true } }),
  }) as fc.Arbitrary<unknown> as fc.Arbitrary<NonNullable<PreflightSubject["draft"]>>;
}
