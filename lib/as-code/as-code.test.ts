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
});
