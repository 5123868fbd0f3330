import { describe, expect, test } from "vitest";
import { buildAt, buildStateAt, imagesAt } from "./build-at";
import { bashDocument, componentArn, scriptOf } from "./build-fixture";
import type { BuildFault, BuildInput } from "./types";

const END = 1e12;
const build = (number: number, change: Partial<BuildInput> = {}) => {
  const imageArn = `arn:aws:imagebuilder:us-east-1:111111111111:image/web-base/1.0.0/${number}`;
  const startedAtMs = Date.UTC(2026, 0, 1 + number, 12);
  return scriptOf({ seed: imageArn, imageArn, buildNumber: number, startedAtMs, ...change });
};
const DISTRIBUTION = [
  { region: "us-east-1", amiName: "web-{{ imagebuilder:buildVersion }}-{{ imagebuilder:buildDate }}" },
  { region: "eu-west-1", targetAccountIds: ["222222222222"], kmsKeyId: "alias/images" },
];
const FAULTS: BuildFault[] = [
  { kind: "parent-missing" },
  { kind: "role-denied" },
  { kind: "capacity" },
  { kind: "ssm-timeout", stage: "TEST" },
  { kind: "command-lost" },
  { kind: "sanitize-failed" },
  { kind: "create-image-timeout" },
  { kind: "component-step", exitCode: 3, stderr: "broken" },
  { kind: "kms-denied", region: "eu-west-1" },
  { kind: "launch-template-missing" },
];

/** What a list says, worked out from the outline that builds share, beside what the build's own timeline says. */
function expectOneTruth(script: ReturnType<typeof build>) {
  const { endMs = END } = { endMs: buildAt(script, END).totalMs };
  for (const elapsedMs of [0, endMs / 3, endMs * 0.9, endMs, END]) {
    const state = buildStateAt(script, elapsedMs);
    expect(buildAt(script, elapsedMs)).toMatchObject(state);
    expect(JSON.stringify(state)).not.toContain("\uE003");
  }
}

describe("the state that a build shares with others", () => {
  test.each(FAULTS)("is its own after $kind", (fault) => {
    for (const number of [1, 2, 3, 40]) {
      expectOneTruth(build(number, { faults: [fault], distribution: DISTRIBUTION }));
    }
  });

  test("has the build's own AMIs and names", () => {
    const script = build(7, { distribution: DISTRIBUTION });
    expectOneTruth(script);
    const [ami] = buildStateAt(script, END).outputs.amis;
    expect(ami?.name).toBe("web-1.0.0/7-2026-01-08T12-00-00.000Z");
    const ids = Array.from({ length: 60 }, (_, number) =>
      buildStateAt(build(number, { distribution: DISTRIBUTION }), END).outputs.amis.map(({ image }) => image),
    ).flat();
    expect(new Set(ids).size).toBe(120);
  });

  test("is not shared where a command asks for the machine's own id", () => {
    const document = bashDocument(
      "ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\ncase $ID in *[0-7]) exit 4;; esac",
    );
    const components = [{ arn: componentArn("odd"), document }];
    for (const number of [1, 2, 3, 4, 5, 6]) expectOneTruth(build(number, { components }));
    const states = Array.from(
      { length: 12 },
      (_, number) => buildStateAt(build(number, { components }), END).status,
    );
    expect(new Set(states).size).toBe(2);
  });
});

test("the images of a build are those that its own timeline has", () => {
  const script = build(9, { distribution: DISTRIBUTION });
  const own = buildAt(script, END).artifacts.filter(({ kind }) => kind === "ami");
  expect(imagesAt(script, END)).toEqual(own);
});
