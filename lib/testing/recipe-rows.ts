import { amazons, own, type ResourceRow, SMALLEST, times } from "./smallest-requests";

const LINUX = SMALLEST["image-recipe"].parentImage;
const WINDOWS = amazons("image/windows-server-2022-english-full-base-x86/x.x.x");
const toComponent = (componentArn: string) => ({ componentArn });

/** A component with 25 parameters of 1,024 characters at most each. */
export const SIZED = ["sized-one", "sized-two"];
const sized = (name: string, count: number, length: number) => ({
  componentArn: own(`component/${name}/1.0.0/1`),
  parameters: times(count, (index) => ({ name: `Name${index}`, value: ["x".repeat(length)] })),
});

/** Image and container recipes. */
export const recipeRows: Record<string, ResourceRow> = {
  "4 the version of a new recipe": {
    kind: "image-recipe",
    valid: ["1.0.x", "1.x.0", "x.0.0", "2021.01.01"].map((semanticVersion) => ({ semanticVersion })),
    invalid: ["1.x.x", "x.x.x", "x.0.x", "1073741824.0.0"].map((semanticVersion) => ({ semanticVersion })),
    code: "InvalidVersionNumberException",
  },
  "4 what is no version": {
    kind: "image-recipe",
    valid: [],
    invalid: ["1.0", "1.0.0.0", "1.0.X", "v1.0.0"].map((semanticVersion) => ({ semanticVersion })),
  },
  "4 the version of a new container recipe": {
    kind: "container-recipe",
    valid: ["1.0.x", "1.x.0", "x.0.0"].map((semanticVersion) => ({ semanticVersion })),
    invalid: ["1.x.x", "x.x.x", "x.x.0"].map((semanticVersion) => ({ semanticVersion })),
  },
  "6 the component that a recipe selects": {
    kind: "image-recipe",
    valid: ["x.x.x", "1.x.x", "1.0.x", "1.0.0", "1.0.0/1"].map((version) => ({
      components: [{ componentArn: own(`component/plain/${version}`) }],
    })),
    invalid: ["1.x.0", "x.0.0", "x.x.0"].map((version) => ({
      components: [{ componentArn: own(`component/plain/${version}`) }],
    })),
  },
  "52 the base image": {
    kind: "image-recipe",
    valid: [
      LINUX,
      "ami-0123456789abcdef0",
      "ssm:/aws/service/ami-amazon-linux-latest/al2023",
      "prod-abc123",
      "01234567-89ab-4cde-8f01-23456789abcd",
    ].map((parentImage) => ({ parentImage })),
    invalid: [
      "amazonlinux:latest",
      "Amazon Linux 2023",
      "arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0",
    ].map((parentImage) => ({ parentImage })),
    code: "InvalidParameterValueException",
  },
  "53 a component once, whatever its version": {
    kind: "image-recipe",
    valid: [
      { components: [own("component/plain/1.0.0"), own("component/other/1.0.0")].map(toComponent) },
      {
        components: [own("component/plain/1.0.0"), amazons("component/update-linux/x.x.x")].map(toComponent),
      },
    ],
    invalid: [
      { components: [own("component/plain/1.0.0"), own("component/plain/2.0.0")].map(toComponent) },
      { components: [own("component/plain/1.0.0"), own("component/plain/x.x.x")].map(toComponent) },
    ],
  },
  "53 a component once in a container recipe": {
    kind: "container-recipe",
    valid: [],
    invalid: [
      {
        dockerfileTemplateData:
          "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
        components: [own("component/plain/1.0.0"), own("component/plain/2.0.0")].map(toComponent),
      },
    ],
  },
  "55 25 KB of components": {
    kind: "image-recipe",
    valid: [{ components: [sized("sized-one", 23, 1000)] }],
    invalid: [{ components: SIZED.map((name) => sized(name, 25, 1024)) }],
  },
  "56 tags that Image Builder sets": {
    kind: "image-recipe",
    valid: [{ amiTags: { Team: "x" } }, { amiTags: { createdby: "x" } }],
    invalid: [{ amiTags: { CreatedBy: "me" } }, { amiTags: { Ec2ImageBuilderArn: "arn" } }],
  },
  "57 the agent on Windows": {
    kind: "image-recipe",
    valid: [
      { parentImage: WINDOWS },
      { additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true } } },
    ],
    invalid: [
      {
        parentImage: WINDOWS,
        additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true } },
      },
    ],
    beyondForm: "preflight knows the platform of the base image",
  },
  "57 the working directory on Windows": {
    kind: "image-recipe",
    valid: [{ parentImage: WINDOWS, workingDirectory: "C:\\My work" }],
    invalid: [{ parentImage: WINDOWS, workingDirectory: 'C:\\My "work"' }],
  },
  "58 watermarks": {
    kind: "image-recipe",
    valid: [["Prod V1 (eu)"], ["abc", "abcd", "ABC", "a.b/c", "[x]'@_-"], ["x".repeat(128)]].map(
      (amiWatermarks) => ({ amiWatermarks }),
    ),
    invalid: [
      [],
      ["ab"],
      [" x1"],
      ["x1 "],
      ["a#b"],
      ["x".repeat(129)],
      ["A1b", "A1b"],
      times(6, (index) => `mark-${index}`),
      "Prod V1",
      [1234],
    ].map((amiWatermarks) => ({ amiWatermarks })),
  },
  "60 no watermarks on containers": {
    kind: "container-recipe",
    valid: [{}],
    invalid: [{ amiWatermarks: ["Prod V1"] }],
    beyondForm: "no form of a container recipe has the field, and neither has the request",
  },
};
