import { compileBuild } from "./compile-build";
import type { BuildInput, BuildScript } from "./types";

const HELLO = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Hello
        action: ExecuteBash
        inputs:
          commands:
            - echo "Hello from the build phase"
  - name: test
    steps:
      - name: Check
        action: ExecuteBash
        inputs:
          commands:
            - echo "Hello from the test phase"
`;

/** A document of one ExecuteBash step in one phase. */
export function bashDocument(commands: string, step = "Work", phase = "build", more = ""): string {
  const body = commands
    .split("\n")
    .map((line) => `              ${line}`)
    .join("\n");
  return `schemaVersion: 1.0
phases:
  - name: ${phase}
    steps:
      - name: ${step}
        action: ExecuteBash
${more}        inputs:
          commands:
            - |
${body}
`;
}

export const componentArn = (name: string) =>
  `arn:aws:imagebuilder:us-east-1:111111111111:component/${name}/1.0.0/1`;

/** A small Linux AMI build; what a test is about goes into `change`. */
export function scriptOf(change: Partial<BuildInput> = {}): BuildScript {
  return compileBuild({
    seed: "web-base/1",
    startedAtMs: Date.UTC(2026, 0, 21, 12),
    imageName: "Web-Base",
    version: "1.0.0",
    buildNumber: 1,
    imageArn: "arn:aws:imagebuilder:us-east-1:111111111111:image/web-base/1.0.0/1",
    buildType: "USER_INITIATED",
    imageType: "AMI",
    platform: "Linux",
    osVersion: "Amazon Linux 2023",
    parentImage: {
      reference: "ssm:/aws/service/ami-amazon-linux-latest/al2023",
      amiId: "ami-0999b3c17fbf8e91d",
    },
    components: [{ arn: componentArn("hello"), document: HELLO }],
    testsEnabled: true,
    metadataEnabled: true,
    scanningEnabled: false,
    terminateInstanceOnFailure: true,
    ...change,
  });
}
