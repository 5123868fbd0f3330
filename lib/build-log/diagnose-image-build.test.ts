import {
  CreateImageCommand,
  CreateInfrastructureConfigurationCommand,
  type CreateInfrastructureConfigurationRequest,
  GetImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { diagnoseImageBuild } from "./diagnose-image-build";

let testConsole: TestConsole;
let imageRecipeArn: string | undefined;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const { imageBuilder } = testConsole;
  const imagePipelineArn = await createSamplePipeline(imageBuilder, { name: "web" });
  const { imagePipeline } = await imageBuilder.send(new GetImagePipelineCommand({ imagePipelineArn }));
  imageRecipeArn = imagePipeline?.imageRecipeArn;
});
afterAll(() => testConsole.close());

async function diagnoseBuildWith(settings: Partial<CreateInfrastructureConfigurationRequest>, build: number) {
  const { infrastructureConfigurationArn } = await testConsole.imageBuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name: `asked ${build}`,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      ...settings,
    }),
  );
  await testConsole.imageBuilder.send(
    new CreateImageCommand({ imageRecipeArn, infrastructureConfigurationArn }),
  );
  testConsole.clock.advance(DAY_MS);
  const input = { name: "web-recipe", version: "1.0.0", build: String(build) };
  return diagnoseImageBuild({ ctx: testConsole.contextOf(), input });
}

describe("a build whose instance EC2 refuses to launch", () => {
  it.each<[Partial<CreateInfrastructureConfigurationRequest>, string, number]>([
    [{ securityGroupIds: ["sg-0123456789abcdef0"] }, "L10", 1],
    [{ keyPair: "ops" }, "L16", 2],
    [{ instanceTypes: ["t4g.small"] }, "L7", 3],
  ])("with %o is explained by %s, which leads to the infrastructure", async (settings, id, build) => {
    const diagnosis = await diagnoseBuildWith(settings, build);
    expect(diagnosis?.rule).toMatchObject({ id, next: "open-infrastructure" });
    expect(diagnosis?.failed).toMatchObject({
      workflowStep: "LaunchBuildInstance",
      action: "LaunchInstance",
    });
    expect(diagnosis?.evidence?.text).toContain("RunInstances");
  });
});
