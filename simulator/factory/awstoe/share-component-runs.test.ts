import { expect, test } from "vitest";
import { bashDocument } from "../build-fixture";
import { ARN } from "./run-fixture";
import { EMPTY_MACHINE, shareComponentRun } from "./share-component-runs";

const run = (commands: string, seed: string, change: { epochMs?: number; instanceId?: string } = {}) =>
  shareComponentRun(
    {
      components: [{ arn: ARN, document: bashDocument(commands) }],
      phases: ["build", "validate"],
      platform: "Linux",
      region: "us-east-1",
      accountId: "111111111111",
      instanceId: "i-00000000000000001",
      imageId: "ami-00000000000000001",
      files: EMPTY_MACHINE,
      epochMs: Date.UTC(2026, 0, 21),
      ...change,
    },
    seed,
  );
const text = ({ lines }: ReturnType<typeof run>) => lines.map(({ message }) => message).join("\n");
const SEEDS = Array.from({ length: 40 }, (_, index) => `build ${index}`);

test("many builds of a recipe have few runs between them, which differ in their durations", () => {
  const runs = new Set(SEEDS.map((seed) => run("dnf install -y nginx", seed)));
  expect(runs.size).toBe(8);
  expect(new Set([...runs].map(({ endMs }) => endMs)).size).toBeGreaterThan(4);
});

test("a run does not depend on who came before it", () => {
  const [seed = ""] = SEEDS;
  const first = text(run("echo a > /tmp/a; cat /tmp/a", seed));
  for (const other of SEEDS) run("echo b > /tmp/a", other);
  expect(text(run("echo a > /tmp/a; cat /tmp/a", seed))).toBe(first);
  expect(EMPTY_MACHINE.size).toBe(0);
});

test.each([
  ["its instance id", "curl -s http://169.254.169.254/latest/meta-data/instance-id", "i-00000000000000002"],
  ["the time", "date +%Y-%m-%d", "2031-05-06"],
])("a machine that asks for %s gets its own", (_, commands, expected) => {
  const [seed = ""] = SEEDS;
  run(commands, seed);
  const own = run(commands, seed, { instanceId: "i-00000000000000002", epochMs: Date.UTC(2031, 4, 6) });
  expect(text(own)).toContain(`Stdout: ${expected}`);
});
