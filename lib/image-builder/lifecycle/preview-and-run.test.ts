import { CreateTagsCommand, EC2Client, ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import {
  CreateImageCommand,
  CreateImageRecipeCommand,
  CreateLifecyclePolicyCommand,
  GetImageCommand,
  ListInfrastructureConfigurationsCommand,
  ListLifecycleExecutionResourcesCommand,
  ListLifecycleExecutionsCommand,
  TagResourceCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { type Database, openDatabase } from "@/lib/db/database";
import type { LifecycleRuleInput } from "@/lib/definitions/lifecycle-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { previewLifecyclePolicy } from "./preview-lifecycle-policy";

/** What the console foretells of a policy, and what the simulator makes of it: each has AWS's rules of its own. */
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ kind: "memory" });
});
afterAll(() => database.close());

const executionRole = "ImageBuilderLifecycleRole";
const PARENT = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
/** The builds by recipe version, in the order in which they are made, five days apart. */
const BUILDS = ["1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.2.0", "1.0.0", "1.1.0"];
const TAGS: Record<number, Record<string, string>> = {
  0: { team: "web" },
  1: { stage: "test" },
  3: { team: "web", stage: "test", keep: "yes" },
  5: { team: "db" },
};

/** Seven builds of three recipe versions; those of 1.2.0 fail. */
async function stockedConsole() {
  const testConsole = await startTestConsole({ database });
  const { imageBuilder: client, clock, target } = testConsole;
  await createSamplePipeline(client, { name: "Web" });
  await createSamplePipeline(client, { name: "Broken", command: "exit 1" });
  const component = (name: string) => ({
    componentArn: `arn:aws:imagebuilder:us-east-1:${target.accountId}:component/${name}-component/1.0.0/1`,
  });
  const recipeArns: Record<string, string | undefined> = {};
  for (const semanticVersion of ["1.0.0", "1.1.0", "1.2.0"]) {
    const components = [component(semanticVersion === "1.2.0" ? "broken" : "web")];
    const name = "Shop_base";
    const recipe = { name, semanticVersion, parentImage: PARENT, components };
    recipeArns[semanticVersion] = (await client.send(new CreateImageRecipeCommand(recipe))).imageRecipeArn;
  }
  const { infrastructureConfigurationSummaryList: [infrastructure] = [] } = await client.send(
    new ListInfrastructureConfigurationsCommand({}),
  );
  const arns: string[] = [];
  for (const [index, version] of BUILDS.entries()) {
    const { imageBuildVersionArn = "" } = await client.send(
      new CreateImageCommand({
        imageRecipeArn: recipeArns[version],
        infrastructureConfigurationArn: infrastructure?.arn,
      }),
    );
    arns.push(imageBuildVersionArn);
    clock.advance(5 * DAY_MS);
    const tags = TAGS[index];
    if (tags) await client.send(new TagResourceCommand({ resourceArn: imageBuildVersionArn, tags }));
  }
  const ec2 = new EC2Client({
    region: "us-east-1",
    endpoint: testConsole.simulatorUrl,
    credentials: { accessKeyId: target.accountId, secretAccessKey: "any" },
  });
  const amiOf = async (index: number) =>
    (await imageOf(testConsole, arns[index]))?.outputResources?.amis?.[0]?.image ?? "";
  const open = (ImageId: string, permission: object) =>
    ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [permission] } }));
  await open(await amiOf(0), { Group: "all" });
  await open(await amiOf(2), { UserId: "333333333333" });
  await ec2.send(
    new CreateTagsCommand({ Resources: [await amiOf(1)], Tags: [{ Key: "hold", Value: "yes" }] }),
  );
  clock.advance(HOUR_MS);
  ec2.destroy();
  return { testConsole, arns };
}

const imageOf = async ({ imageBuilder }: TestConsole, imageBuildVersionArn: string | undefined) =>
  (await imageBuilder.send(new GetImageCommand({ imageBuildVersionArn }))).image;

type Rule = Partial<LifecycleRuleInput>;
const rule = (
  type: "DELETE" | "DISABLE" | "DEPRECATE",
  filter: object,
  exclusionRules?: LifecycleRuleInput["exclusionRules"],
): Rule => ({
  action: { type, includeResources: { amis: true } },
  filter: filter as LifecycleRuleInput["filter"],
  ...(exclusionRules && { exclusionRules }),
});
// Half a day between two builds, so that a run within a day comes to the same.
const older = (value: number, rest: object = {}) => ({ type: "AGE", value, unit: "DAYS", ...rest });
const latest = (value: number) => ({ type: "COUNT", value });
const recipes = (semanticVersion: string) => ({ recipes: [{ name: "Shop_base", semanticVersion }] });

const POLICIES: Record<string, { policyDetails: Rule[]; resourceSelection: object }> = {
  "92 a tag or another": {
    policyDetails: [rule("DELETE", older(1))],
    resourceSelection: { tagMap: { team: "web", stage: "test" } },
  },
  "92 one tag": {
    policyDetails: [rule("DELETE", older(1))],
    resourceSelection: { tagMap: { team: "db" } },
  },
  "92 a tag that no image has": {
    policyDetails: [rule("DELETE", older(1))],
    resourceSelection: { tagMap: { Team: "web", team: "Web" } },
  },
  "92b the latest of each recipe version": {
    policyDetails: [rule("DELETE", latest(1))],
    resourceSelection: recipes("x.x.x"),
  },
  "92b the latest two of each under a wildcard": {
    policyDetails: [rule("DELETE", latest(2))],
    resourceSelection: recipes("1.x.x"),
  },
  "92b the latest of each version among tagged images": {
    policyDetails: [rule("DELETE", latest(1))],
    resourceSelection: { tagMap: { team: "web", stage: "test" } },
  },
  "92b an age that keeps at least one": {
    policyDetails: [rule("DELETE", older(7, { retainAtLeast: 1 }))],
    resourceSelection: recipes("x.x.x"),
  },
  "92c a Region": {
    policyDetails: [rule("DELETE", older(1), { amis: { regions: ["us-east-1"] } })],
    resourceSelection: recipes("x.x.x"),
  },
  "92c public AMIs": {
    policyDetails: [rule("DELETE", latest(1), { amis: { isPublic: true } })],
    resourceSelection: recipes("1.0.0"),
  },
  "92c a tag of the AMI": {
    policyDetails: [rule("DELETE", latest(1), { amis: { tagMap: { hold: "yes" } } })],
    resourceSelection: recipes("x.x.x"),
  },
  "92c shared AMIs": {
    policyDetails: [rule("DELETE", latest(1), { amis: { sharedAccounts: ["333333333333"] } })],
    resourceSelection: recipes("x.x.x"),
  },
  "92c AMIs launched lately": {
    policyDetails: [rule("DELETE", older(1), { amis: { lastLaunched: { value: 12, unit: "DAYS" } } })],
    resourceSelection: recipes("x.x.x"),
  },
  "92c a tag of the image": {
    policyDetails: [rule("DELETE", latest(1), { tagMap: { keep: "yes" } })],
    resourceSelection: recipes("x.x.x"),
  },
  "93 deprecation leaves failed builds": {
    policyDetails: [rule("DEPRECATE", older(7))],
    resourceSelection: recipes("x.x.x"),
  },
  "93 disabling leaves failed builds": {
    policyDetails: [rule("DISABLE", older(7))],
    resourceSelection: recipes("x.x.x"),
  },
  "93 one action for each image, in AWS's order": {
    policyDetails: [
      rule("DELETE", older(22)),
      rule("DISABLE", older(17)),
      rule("DEPRECATE", older(12, { retainAtLeast: 1 })),
    ],
    resourceSelection: recipes("x.x.x"),
  },
};
const STATUS_AFTER: Record<string, string> = {
  DELETE: "DELETED",
  DISABLE: "DISABLED",
  DEPRECATE: "DEPRECATED",
};

describe("a policy", () => {
  it.each(Object.entries(POLICIES))("does what was foretold: %s", async (_, part) => {
    const { testConsole, arns } = await stockedConsole();
    const policy = { resourceType: "AMI_IMAGE", ...part } as JsonObject;
    const before = new Map<string, string | undefined>();
    for (const arn of arns) before.set(arn, (await imageOf(testConsole, arn))?.state?.status);
    expect([...before.values()].filter((status) => status === "FAILED")).toHaveLength(1);
    const { images, doubts } = await previewLifecyclePolicy({
      ctx: testConsole.contextOf(),
      input: { policy },
    });
    expect(doubts).toEqual([]);
    const { lifecyclePolicyArn } = await testConsole.imageBuilder.send(
      new CreateLifecyclePolicyCommand({ ...policy, name: "policy", executionRole } as never),
    );
    testConsole.clock.advance(25 * HOUR_MS);
    for (const arn of arns) {
      const outcome = images.find((image) => image.arn === arn)?.outcome ?? "STAY";
      const status = (await imageOf(testConsole, arn))?.state?.status;
      expect(status, `${arn} ${outcome}`).toBe(STATUS_AFTER[outcome] ?? before.get(arn));
    }
    const { lifecycleExecutions } = await testConsole.imageBuilder.send(
      new ListLifecycleExecutionsCommand({ resourceArn: lifecyclePolicyArn }),
    );
    expect(lifecycleExecutions).toHaveLength(1);
    const { resources = [] } = await testConsole.imageBuilder.send(
      new ListLifecycleExecutionResourcesCommand({
        lifecycleExecutionId: lifecycleExecutions?.[0]?.lifecycleExecutionId,
      }),
    );
    const changed = resources.filter(({ state }) => state?.status === "SUCCESS");
    const foretold = images.filter(({ outcome }) => outcome !== "STAY");
    expect(changed.map(({ resourceId }) => resourceId).toSorted()).toEqual(
      foretold.map(({ arn }) => arn).toSorted(),
    );
    await testConsole.close();
  });

  it("reaches something and leaves something, over all policies", async () => {
    const { testConsole } = await stockedConsole();
    const outcomes = new Set<string>();
    for (const part of Object.values(POLICIES)) {
      const policy = { resourceType: "AMI_IMAGE", ...part } as JsonObject;
      const { images } = await previewLifecyclePolicy({ ctx: testConsole.contextOf(), input: { policy } });
      for (const { outcome } of images) outcomes.add(outcome);
    }
    expect([...outcomes].toSorted()).toEqual(["DELETE", "DEPRECATE", "DISABLE", "STAY"]);
    await testConsole.close();
  });
});

describe("the age of an image", () => {
  it("counts from the completion of its build", async () => {
    const testConsole = await startTestConsole({ database });
    const { imageBuilder, clock } = testConsole;
    await createSamplePipeline(imageBuilder, { name: "Web" });
    const { infrastructureConfigurationSummaryList: [infrastructure] = [] } = await imageBuilder.send(
      new ListInfrastructureConfigurationsCommand({}),
    );
    const startedMs = clock.now();
    const { imageBuildVersionArn } = await imageBuilder.send(
      new CreateImageCommand({
        imageRecipeArn: `arn:aws:imagebuilder:us-east-1:${testConsole.target.accountId}:image-recipe/web-recipe/1.0.0`,
        infrastructureConfigurationArn: infrastructure?.arn,
      }),
    );
    const policy = {
      resourceType: "AMI_IMAGE" as const,
      policyDetails: [rule("DELETE", older(2))],
      resourceSelection: { recipes: [{ name: "Web recipe", semanticVersion: "x.x.x" }] },
    };
    const outcome = async () => {
      const input = { policy };
      const { images } = await previewLifecyclePolicy({ ctx: testConsole.contextOf(), input });
      return images.find(({ arn }) => arn === imageBuildVersionArn)?.outcome;
    };
    clock.advance(2 * DAY_MS + 1_000 - (clock.now() - startedMs));
    expect(await outcome()).toBe("STAY");
    clock.advance(HOUR_MS);
    expect(await outcome()).toBe("DELETE");
    await testConsole.close();
  });
});
