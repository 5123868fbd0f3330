import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { toAwsCli } from "./to-aws-cli";
import { toCloudFormation } from "./to-cloudformation";
import { toTerraform } from "./to-terraform";
import type { CodeResource } from "./types";

const arn = (tail: string) => `arn:aws:imagebuilder:eu-west-1:111111111111:${tail}`;

const resources: CodeResource[] = [
  {
    kind: "component",
    arn: arn("component/say-hello/1.0.0"),
    input: {
      name: "Say hello",
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: `name: it's ${"$"}{fine}\nphases: []\n`,
    },
  },
  {
    kind: "image-recipe",
    arn: arn("image-recipe/web/1.0.0"),
    input: {
      name: "web",
      semanticVersion: "1.0.0",
      parentImage: "ami-0123456789abcdef0",
      components: [
        { componentArn: arn("component/say-hello/1.0.0"), parameters: [{ name: "Port", value: ["8443"] }] },
      ],
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 30, encrypted: true } }],
      additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true } },
      tags: { "Cost Center": 'a"b' },
    },
  },
  {
    kind: "image-pipeline",
    arn: arn("image-pipeline/web"),
    input: {
      name: "web",
      imageRecipeArn: arn("image-recipe/web/1.0.0"),
      infrastructureConfigurationArn: arn("infrastructure-configuration/shared"),
      enhancedImageMetadataEnabled: false,
      schedule: { scheduleExpression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" },
    },
  },
];

describe("a plan as code", () => {
  it("is one AWS CLI command a resource, quoted so that a shell changes nothing", () => {
    const text = toAwsCli(resources, "eu-west-1");
    expect(text.match(/^aws imagebuilder create-/gm)).toHaveLength(3);
    expect(text).toContain(`--data 'name: it'\\''s \${fine}\nphases: []\n'`);
    expect(text).toContain("--no-enhanced-image-metadata-enabled");
    expect(text).toContain(`--tags '{"Cost Center":"a\\"b"}'`);
  });

  it("is CloudFormation whose resources refer to each other and leave the others' ARNs alone", () => {
    const text = toCloudFormation(resources);
    const template = parse(text);
    const recipe = template.Resources.WebImageRecipe.Properties;
    expect(recipe.Version).toBe("1.0.0");
    expect(recipe.Components[0].ComponentArn).toEqual({ Ref: "SayHelloComponent" });
    expect(recipe.Tags).toEqual({ "Cost Center": 'a"b' });
    const pipeline = template.Resources.WebImagePipeline.Properties;
    expect(pipeline.ImageRecipeArn).toEqual({ Ref: "WebImageRecipe" });
    expect(pipeline.InfrastructureConfigurationArn).toBe(arn("infrastructure-configuration/shared"));
    expect(pipeline.Schedule).toEqual({
      ScheduleExpression: "cron(0 3 * * ? *)",
      Timezone: "Europe/Berlin",
    });
  });

  it("is Terraform with the provider's block names and doubled template marks", () => {
    const text = toTerraform(resources);
    expect(text).toContain('resource "aws_imagebuilder_component" "say-hello" {');
    expect(text).toContain('data = "name: it\'s $${fine}\\nphases: []\\n"');
    expect(text).toContain("component_arn = aws_imagebuilder_component.say-hello.arn");
    expect(text).toContain('    parameter {\n      name = "Port"\n      value = "8443"\n    }');
    expect(text).toContain("  systems_manager_agent {\n    uninstall_after_build = true\n  }");
    expect(text).toContain('"Cost Center" = "a\\"b"');
  });

  it("gives two resources of one name two names", () => {
    const twice = [...resources, { ...resources[0], arn: arn("component/say-hello/2.0.0") } as CodeResource];
    expect(Object.keys(parse(toCloudFormation(twice)).Resources)).toContain("SayHelloComponent2");
    expect(toTerraform(twice)).toContain('"say-hello-2"');
  });

  it("says a lifecycle policy and a workflow, with blocks where Terraform has them", () => {
    const policy: CodeResource = {
      kind: "lifecycle-policy",
      arn: arn("lifecycle-policy/tidy"),
      input: {
        name: "tidy",
        executionRole: "ImageBuilderLifecycle",
        resourceType: "AMI_IMAGE",
        policyDetails: [
          {
            action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
            filter: { type: "AGE", value: 6, unit: "MONTHS", retainAtLeast: 5 },
            exclusionRules: { amis: { lastLaunched: { value: 30, unit: "DAYS" }, tagMap: { keep: "yes" } } },
          },
        ],
        resourceSelection: { recipes: [{ name: "web", semanticVersion: "1.x.x" }] },
      },
    };
    const data = "schemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\n";
    const workflow: CodeResource = {
      kind: "workflow",
      arn: arn("workflow/test/approve/1.0.0"),
      input: { name: "approve", semanticVersion: "1.0.0", type: "TEST", data },
    };
    const { Resources } = parse(toCloudFormation([policy, workflow]));
    expect(Resources.TidyLifecyclePolicy).toMatchObject({
      Type: "AWS::ImageBuilder::LifecyclePolicy",
      Properties: {
        PolicyDetails: [{ Filter: { Type: "AGE", Value: 6, Unit: "MONTHS", RetainAtLeast: 5 } }],
        ResourceSelection: { Recipes: [{ Name: "web", SemanticVersion: "1.x.x" }] },
      },
    });
    expect(Resources.ApproveWorkflow).toEqual({
      Type: "AWS::ImageBuilder::Workflow",
      Properties: { Name: "approve", Version: "1.0.0", Type: "TEST", Data: data },
    });
    const terraform = toTerraform([policy, workflow]);
    expect(terraform).toContain('resource "aws_imagebuilder_lifecycle_policy" "tidy" {');
    expect(terraform).toContain(
      '  policy_detail {\n    action {\n      type = "DELETE"\n      include_resources {',
    );
    expect(terraform).toContain('    recipe {\n      name = "web"\n      semantic_version = "1.x.x"\n    }');
    expect(terraform).toContain('resource "aws_imagebuilder_workflow" "approve" {');
    expect(terraform).toContain('  version = "1.0.0"');
    expect(toAwsCli([policy, workflow], "eu-west-1").match(/^aws imagebuilder create-[\w-]+/gm)).toEqual([
      "aws imagebuilder create-lifecycle-policy",
      "aws imagebuilder create-workflow",
    ]);
  });
});
