import { describe, expect, it } from "vitest";
import { planDraft } from "./draft-plan";
import type { DraftContent } from "./types";

const DOCUMENT =
  "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Restart\n        action: Reboot\n";
const place = { region: "eu-west-1", accountId: "111111111111" };
const arn = (tail: string) => `arn:aws:imagebuilder:eu-west-1:111111111111:${tail}`;

const whole: DraftContent = {
  details: { name: "Web base" },
  components: [{ name: "Harden_SSH", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT }],
  recipe: {
    use: "image-recipe",
    input: {
      name: "Web base",
      semanticVersion: "1.0.0",
      parentImage: "ami-0123456789abcdef0",
      components: [{ componentArn: arn("component/harden-ssh/1.0.0") }],
    },
  },
  infrastructure: {
    use: "new",
    input: { name: "small", instanceProfileName: "EC2InstanceProfileForImageBuilder" },
  },
  distribution: { use: "none" },
};

describe("planDraft", () => {
  it("expects the ARNs that AWS makes, whatever a name is written with", () => {
    const infrastructure = {
      use: "new" as const,
      input: { name: "a__B  c", instanceProfileName: "Builder" },
    };
    const plan = planDraft({ ...whole, infrastructure }, place);
    if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
    expect(plan.resources.map((resource) => resource.arn)).toContain(
      arn("infrastructure-configuration/a--b--c"),
    );
  });

  it("orders what is created so that nothing refers to what does not exist yet", () => {
    const plan = planDraft(whole, place);
    if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
    expect(plan.resources.map(({ kind }) => kind)).toEqual([
      "component",
      "image-recipe",
      "infrastructure-configuration",
      "image-pipeline",
    ]);
    expect(plan.resources.at(0)?.arn).toBe(arn("component/harden-ssh/1.0.0"));
    expect(plan.resources.at(-1)?.input).toEqual({
      name: "Web base",
      imageRecipeArn: arn("image-recipe/web-base/1.0.0"),
      infrastructureConfigurationArn: arn("infrastructure-configuration/small"),
    });
  });

  it("puts every error under its own step and field", () => {
    const plan = planDraft(
      {
        ...whole,
        details: { name: "x", workflows: [{ workflowArn: "nonsense" }] },
        recipe: { use: "existing", kind: "image-recipe", arn: "" },
        infrastructure: {
          use: "new",
          input: { name: "small", instanceProfileName: "p", subnetId: "subnet-1" },
        },
        components: [{ name: "ok-name", semanticVersion: "1.0.x", platform: "Linux", data: DOCUMENT }],
      },
      place,
    );
    if (plan.ok) throw new Error("the plan must be refused");
    expect(Object.keys(plan.errors.details ?? {})).toEqual(
      expect.arrayContaining(["name", "workflows.0.workflowArn", "executionRole"]),
    );
    expect(plan.errors.recipe).toMatchObject({
      arn: "Choose a recipe.",
      "newComponents.0.semanticVersion": expect.stringContaining("three whole numbers"),
    });
    expect(plan.errors.infrastructure).toEqual({
      securityGroupIds: expect.stringContaining("security group"),
    });
    expect(plan.errors.distribution).toBeUndefined();
  });
});
