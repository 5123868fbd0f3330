import type { ComponentRun } from "./component-run";
import { runComponents } from "./run-components";

export const ARN = "arn:aws:imagebuilder:us-east-1:111111111111:component/under-test/1.0.0/1";

/** Runs one document on a fresh machine and gives its result and its messages. */
export function runDocument(
  document: string,
  change: Partial<ComponentRun> & { parameters?: Record<string, string> } = {},
) {
  const { parameters, ...run } = change;
  const result = runComponents({
    components: [{ arn: ARN, document, ...(parameters ? { parameters } : {}) }],
    phases: ["build", "validate"],
    platform: "Linux",
    region: "us-east-1",
    accountId: "111111111111",
    instanceId: "i-00000000000000001",
    imageId: "ami-00000000000000001",
    files: new Map(),
    key: "test",
    epochMs: Date.UTC(2026, 0, 21, 12),
    ...run,
  });
  return { ...result, messages: result.lines.map((line) => line.message) };
}

/** The text of the Stdout lines. */
export const stdoutOf = (messages: readonly string[]): string[] =>
  messages.flatMap((message) => (/^Stdout:/.test(message) ? [message.replace(/^Stdout: ?/, "")] : []));
