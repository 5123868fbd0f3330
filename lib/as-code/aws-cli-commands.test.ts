import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import {
  GetComponentCommand,
  GetDistributionConfigurationCommand,
  GetImagePipelineCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { planDraft } from "@/lib/authoring/drafts/draft-plan";
import { draftFromTemplate } from "@/lib/authoring/drafts/draft-templates";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toAwsCli } from "./to-aws-cli";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const place = { region: "us-east-1", accountId: "222222222222" };
const NASTY = `it's "quoted" $(touch x) \`y\` \\ %`;

function plannedFrom(content: DraftContent) {
  const plan = planDraft(content, place);
  if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
  return plan.resources;
}

const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;

it.skipIf(!hasAwsCli)(
  "the commands, run by a shell, make what the wizard was told; needs the AWS CLI",
  { timeout: 180_000 },
  async () => {
    const content = draftFromTemplate("windows-iis", "by-cli", place);
    const resources = plannedFrom({
      ...content,
      details: { ...content.details, description: NASTY, status: "DISABLED", tags: { team: "a b/c" } },
    });
    const endpoint = await testConsole.imageBuilder.config.endpoint?.();
    await promisify(execFile)("sh", ["-c", toAwsCli(resources, place.region)], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: `http://${endpoint?.hostname}:${endpoint?.port}`,
        AWS_ACCESS_KEY_ID: place.accountId,
        AWS_SECRET_ACCESS_KEY: "any",
        AWS_PAGER: "",
      },
    });

    const arnOf = (kind: string) => resources.find((resource) => resource.kind === kind)?.arn ?? "";
    const inputOf = (kind: string) => {
      const { semanticVersion, ...input } = {
        semanticVersion: undefined,
        ...resources.find((one) => one.kind === kind)?.input,
      };
      return semanticVersion ? { ...input, version: semanticVersion } : input;
    };
    const aws = testConsole.imageBuilder;
    const made = {
      component: (
        await aws.send(new GetComponentCommand({ componentBuildVersionArn: `${arnOf("component")}/1` }))
      ).component,
      "image-recipe": (await aws.send(new GetImageRecipeCommand({ imageRecipeArn: arnOf("image-recipe") })))
        .imageRecipe,
      "infrastructure-configuration": (
        await aws.send(
          new GetInfrastructureConfigurationCommand({
            infrastructureConfigurationArn: arnOf("infrastructure-configuration"),
          }),
        )
      ).infrastructureConfiguration,
      "distribution-configuration": (
        await aws.send(
          new GetDistributionConfigurationCommand({
            distributionConfigurationArn: arnOf("distribution-configuration"),
          }),
        )
      ).distributionConfiguration,
      "image-pipeline": (
        await aws.send(new GetImagePipelineCommand({ imagePipelineArn: arnOf("image-pipeline") }))
      ).imagePipeline,
    };
    for (const [kind, stored] of Object.entries(made)) expect(stored, kind).toMatchObject(inputOf(kind));
  },
);

it("reach a program word for word, whatever a shell makes of other texts", async () => {
  const content = draftFromTemplate("web-server", "by-shell", place);
  const resources = plannedFrom({ ...content, details: { ...content.details, description: NASTY } });
  // In place of the CLI: prints its arguments, each ended by a zero byte.
  const shell = `aws() { printf '%s\\0' "$@"; }\n${toAwsCli(resources, place.region)}`;
  const { stdout } = await promisify(execFile)("sh", ["-c", shell]);
  const words = stdout.split("\0");
  for (const { input } of resources) {
    for (const value of Object.values(input)) {
      if (typeof value === "string") expect(words).toContain(value);
      if (typeof value === "object") expect(words).toContain(JSON.stringify(value));
    }
  }
});
