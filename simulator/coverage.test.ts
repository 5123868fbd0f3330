import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ALL_SERVICES } from "./services/all-services";
import { operationsOf } from "./wire/schema";

const README = new URL("README.md", import.meta.url);

/** One row a service: how many of its operations answer, which they are, why the others do not. */
function coverageTable(): string {
  const rows = Object.values(ALL_SERVICES).map(({ signingName, sdk, handlers, othersUnsupportedBecause }) => {
    const operations = operationsOf(sdk);
    const answered = Object.entries(handlers)
      .filter(([, handler]) => !("unsupportedBecause" in handler))
      .map(([name]) => name)
      .sort();
    const unknown = answered.filter((name) => !operations.has(name));
    if (unknown.length > 0)
      throw new Error(`${signingName} has handlers for what is no operation: ${unknown}`);
    const isWhole = answered.length === operations.size;
    const names = isWhole ? "all" : answered.join(", ");
    return `| ${signingName} | ${answered.length} of ${operations.size} | ${names} | ${isWhole ? "" : othersUnsupportedBecause} |`;
  });
  return ["| Service | Operations | Which | Why not the others |", "|---|---|---|---|", ...rows].join("\n");
}

test("the README names every operation that is simulated, and why the others are not", () => {
  const [, written = ""] =
    /<!-- coverage -->\n([\s\S]*?)\n<!-- \/coverage -->/.exec(readFileSync(README, "utf8")) ?? [];
  expect(written.trim()).toBe(coverageTable());
});
