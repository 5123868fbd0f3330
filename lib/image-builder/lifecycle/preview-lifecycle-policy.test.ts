import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateLifecyclePolicyCommand,
  GetImageCommand,
  StartImagePipelineExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { previewLifecyclePolicy } from "./preview-lifecycle-policy";

const policy = {
  resourceType: "AMI_IMAGE" as const,
  policyDetails: [
    {
      action: { type: "DELETE" as const, includeResources: { amis: true, snapshots: true } },
      filter: { type: "COUNT" as const, value: 1 },
    },
  ],
  resourceSelection: { recipes: [{ name: "Web recipe", semanticVersion: "x.x.x" }] },
};

let testConsole: TestConsole;
const builds: string[] = [];
beforeAll(async () => {
  testConsole = await startTestConsole();
  const imagePipelineArn = await createSamplePipeline(testConsole.imageBuilder, { name: "Web" });
  for (let count = 0; count < 3; count++) {
    const command = new StartImagePipelineExecutionCommand({ imagePipelineArn });
    builds.push((await testConsole.imageBuilder.send(command)).imageBuildVersionArn ?? "");
    testConsole.clock.advance(HOUR_MS);
  }
});
afterAll(() => testConsole.close());

const imageOf = async (imageBuildVersionArn: string) =>
  (await testConsole.imageBuilder.send(new GetImageCommand({ imageBuildVersionArn }))).image;
const preview = () => previewLifecyclePolicy({ ctx: testConsole.contextOf(), input: { policy } });

describe("previewLifecyclePolicy", () => {
  it("changes nothing", async () => {
    const { images } = await preview();
    expect(images.map(({ outcome }) => outcome)).toEqual(["DELETE", "DELETE", "STAY"]);
    for (const arn of builds) expect((await imageOf(arn))?.state?.status).toBe("AVAILABLE");
  });

  it("names the launch template that still starts what would go", async () => {
    const image = await imageOf(builds[0] ?? "");
    const ImageId = image?.outputResources?.amis?.[0]?.image;
    const ec2 = new EC2Client({
      region: "us-east-1",
      endpoint: await testConsole.imageBuilder.config
        .endpoint?.()
        .then(({ protocol, hostname, port }) => `${protocol}//${hostname}:${port}`),
      credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
    });
    await ec2.send(
      new CreateLaunchTemplateCommand({ LaunchTemplateName: "web", LaunchTemplateData: { ImageId } }),
    );
    testConsole.clock.advance(HOUR_MS);
    const { images } = await preview();
    expect(images.find(({ arn }) => arn === builds[0])?.users).toEqual([
      {
        kind: "launch-template",
        name: "web",
        region: "us-east-1",
        amiId: ImageId,
        detail: "default and latest version 1",
      },
    ]);
    expect(images.find(({ arn }) => arn === builds[1])?.users).toEqual([]);
  });

  it("foretells what a run of the policy does", async () => {
    const { images } = await preview();
    const foretold = images.map(({ arn, outcome }) => [arn, outcome === "DELETE" ? "DELETED" : "AVAILABLE"]);
    await testConsole.imageBuilder.send(
      new CreateLifecyclePolicyCommand({
        name: "keep-one",
        executionRole: "ImageBuilderLifecycleRole",
        ...policy,
      }),
    );
    testConsole.clock.advance(25 * HOUR_MS);
    const happened = await Promise.all(
      images.map(async ({ arn }) => [arn, (await imageOf(arn))?.state?.status]),
    );
    expect(happened).toEqual(foretold);
  });

  it("says at its field what is wrong with the policy", async () => {
    const wrong = { ...policy, policyDetails: [] };
    await expect(
      previewLifecyclePolicy({ ctx: testConsole.contextOf(), input: { policy: wrong } }),
    ).rejects.toThrow("Add at least one rule.");
  });
});
