import { describe, expect, it } from "vitest";
import { BASE_IMAGE, componentDocument, newFactory, refusal } from "./factory-fixture";

describe("image recipes", () => {
  it("raise the place of their one x, from 1", async () => {
    const { client } = await newFactory();
    const numberOf = async (semanticVersion: string, name = "web base") => {
      const answer = await client.createImageRecipe({ name, semanticVersion, parentImage: BASE_IMAGE });
      return answer.imageRecipeArn?.split("/").at(-1);
    };
    expect(await numberOf("1.0.x")).toBe("1.0.1");
    expect(await numberOf("1.0.x")).toBe("1.0.2");
    await numberOf("2.3.0");
    expect(await numberOf("2.x.0")).toBe("2.4.0");
    expect(await numberOf("x.0.0")).toBe("2.0.0");
    for (const [first, begun] of [
      ["1.0.x", "1.0.1"],
      ["1.x.0", "1.1.0"],
      ["x.0.0", "1.0.0"],
    ] as const)
      expect(await numberOf(first, `new ${begun}`.replaceAll(".", "-"))).toBe(begun);
  });

  it("keep the order in which their components run", async () => {
    const { client, componentArn, imageRecipeArn } = await newFactory();
    const { imageRecipe } = await client.getImageRecipe({ imageRecipeArn });
    expect(imageRecipe).toMatchObject({ platform: "Linux", version: "1.0.0", workingDirectory: "/tmp" });
    expect(imageRecipe?.components).toEqual([{ componentArn }]);
  });

  it("are refused when name and version are there already", async () => {
    const { client } = await newFactory();
    const again = client.createImageRecipe({
      name: "WEB_BASE",
      semanticVersion: "1.0.0",
      parentImage: BASE_IMAGE,
    });
    expect(await refusal(again)).toMatch(/^ResourceAlreadyExistsException: .*'ImageRecipe'/);
  });

  it.each([
    ["an ARN of EC2", { parentImage: "arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0" }, "parentImage"],
    ["a base that does not exist", { parentImage: BASE_IMAGE.replace("2023", "1999") }, "parentImage"],
    [
      "a component that does not exist",
      { components: [{ componentArn: arn("none/1.0.0") }] },
      "componentArn",
    ],
    [
      "a component for another platform",
      { components: [{ componentArn: managed("reboot-windows/x.x.x") }] },
      "Component ARN does not match the Parent Image Platform",
    ],
    [
      "a component that does not support the base",
      {
        parentImage: BASE_IMAGE.replace("amazon-linux-2023", "ubuntu-server-24-lts"),
        components: [{ componentArn: managed("docker-ce-linux/x.x.x") }],
      },
      "Component ARN does not support the Parent Image OS Version",
    ],
    [
      "a component twice",
      { components: [{ componentArn: arn("say-hello/x.x.x") }, { componentArn: arn("say-hello/1.0.0/1") }] },
      "A component may be specified in an image recipe at most once",
    ],
    [
      "a parameter that the component lacks",
      {
        components: [
          { componentArn: arn("say-hello/1.0.0"), parameters: [{ name: "Colour", value: ["red"] }] },
        ],
      },
      "The following parameters are not defined in the provided component: Colour",
    ],
    [
      "io2 without iops",
      { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "io2" as const } }] },
      "requires the parameter 'iops'",
    ],
  ])("are refused with %s", async (_what, change, words) => {
    const { client } = await newFactory();
    const recipe = { name: "other", semanticVersion: "1.0.0", parentImage: BASE_IMAGE, ...change };
    expect(await refusal(client.createImageRecipe(recipe))).toContain(words);
  });

  it("have to give the parameters without default", async () => {
    const { client } = await newFactory();
    const { componentBuildVersionArn } = await client.createComponent({
      name: "needs-colour",
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: `parameters:\n  - Colour:\n      type: string\n${componentDocument(["echo {{ Colour }}"])}`,
    });
    const recipe = { name: "other", semanticVersion: "1.0.0", parentImage: BASE_IMAGE };
    const without = { ...recipe, components: [{ componentArn: componentBuildVersionArn }] };
    expect(await refusal(client.createImageRecipe(without))).toContain(
      "requires a value for the parameter 'Colour'",
    );
    const parameters = [{ name: "Colour", value: ["red"] }];
    const given = { ...recipe, components: [{ componentArn: componentBuildVersionArn, parameters }] };
    expect(await refusal(client.createImageRecipe(given))).toBe("accepted");
  });

  it("are not deleted while a pipeline uses them", async () => {
    const { client, imageRecipeArn, infrastructureConfigurationArn } = await newFactory();
    await client.createImagePipeline({ name: "web", imageRecipeArn, infrastructureConfigurationArn });
    expect(await refusal(client.deleteImageRecipe({ imageRecipeArn }))).toMatch(
      /^ResourceDependencyException/,
    );
  });
});

function arn(tail: string): string {
  return `arn:aws:imagebuilder:us-east-1:222222222222:component/${tail}`;
}

function managed(tail: string): string {
  return `arn:aws:imagebuilder:us-east-1:aws:component/${tail}`;
}
