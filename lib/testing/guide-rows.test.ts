import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, readText } from "./project-files";

/**
 * Where each row of the guide's last table is tested, valid and invalid. A title there begins with the row's number,
 * or names it as `row 70`. Rows that one suite holds stand together.
 */
const HELD: [path: string, rows: string][] = [
  ["lib/testing/guide-behavior.test.ts", "1 2 3 5 70 71 72 75 81 86 87 94 96 97 101"],
  ["lib/testing/recipe-rows.ts", "4 6 52 53 55 56 57 58 60"],
  ["lib/testing/pipeline-rows.ts", "6 8 46 48 49 50 51 69 70 71 72 73 74 76"],
  ["lib/testing/configuration-rows.ts", "6 7 77 78 82 84 88 89 90 91 97 98 99"],
  ["lib/testing/component-rows.ts", "9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28"],
  ["lib/testing/workflow-rows.ts", "29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 51"],
  ["lib/definitions/container-language.test.ts", "61 62 63 64 65 66 67 68"],
  ["lib/authoring/preflight/judge-settings.test.ts", "46 51 59 79 80 81 85"],
  ["lib/authoring/preflight/run-preflight.test.ts", "54 83"],
  ["lib/image-builder/lifecycle/preview-and-run.test.ts", "92 92b 92c 93"],
  ["simulator/services/imagebuilder/image-state-updates.test.ts", "94 95 96"],
  ["simulator/services/imagebuilder/partial-distribution.test.ts", "59"],
  ["simulator/factory/play-workflow.test.ts", "102"],
  ["lib/testing/event-rules.test.ts", "100"],
];

/** Where each of the places of the guide's section 20, in which the code once differed from it, is held now. */
const PLACES: [place: number, path: string, title: string][] = [
  [1, "lib/image-builder/lifecycle/preview-and-run.test.ts", "92 a tag or another"],
  [2, "lib/testing/guide-behavior.test.ts", "94 to %s"],
  [3, "lib/testing/recipe-rows.ts", "4 the version of a new recipe"],
  [4, "lib/testing/component-rows.ts", "15 disableLogging"],
  [5, "lib/testing/workflow-rows.ts", "29 name is optional"],
  [6, "lib/authoring/preflight/run-preflight.test.ts", "54 says that a recipe has more components"],
  [7, "lib/testing/component-rows.ts", "12 names of steps"],
  [8, "lib/testing/component-rows.ts", "18 instance metadata"],
  [9, "lib/testing/pipeline-rows.ts", "49 groups and failures of test workflows"],
  [10, "lib/definitions/container-language.test.ts", "66 a registry's image without a platform"],
  [11, "lib/testing/recipe-rows.ts", "55 25 KB of components"],
  [12, "simulator/services/published-facts.test.ts", "the quotas that AWS publishes"],
  [13, "simulator/services/published-facts.test.ts", "the workflows that Amazon manages"],
  [14, "lib/image-builder/lifecycle/preview-and-run.test.ts", "counts from the completion of its build"],
  [15, "lib/testing/configuration-rows.ts", "99 secure boot and the edition"],
  [16, "lib/testing/component-rows.ts", "24 Reboot on macOS"],
  [17, "lib/testing/guide-behavior.test.ts", "row %s: %s is taken with a warning"],
  [18, "scripts/guide-check.test.ts", "wfdoc-create-document"],
];

const held = HELD.flatMap(([path, rows]) => rows.split(" ").map((row) => [row, path] as const));

/** Whether a file has a test whose title begins with the number of the row. */
const hasTitle = (path: string, row: string) =>
  new RegExp(`["'\`](?:row )?${row} |\\["${row}", `).test(readText(path));

const GUIDE = join(projectRoot, "../shared/reference/guide-2026.md");

describe("the rows of the guide's last table", () => {
  it("are tested where this table says", () => {
    expect(held.filter(([row, path]) => !hasTitle(path, row))).toEqual([]);
  });

  it("and so are the eighteen places of section 20", () => {
    expect(PLACES.map(([place]) => place)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    expect(PLACES.filter(([, path, title]) => !readText(path).includes(title))).toEqual([]);
  });

  it.skipIf(!existsSync(GUIDE))("have a test each (needs ../shared/reference)", () => {
    const table = readFileSync(GUIDE, "utf8").split("## 21.")[1]?.split("\n## ")[0] ?? "";
    const rows = [...table.matchAll(/^\| (\d+[a-z]?) \| ([^|]+)/gm)].map(([, row = "", rule = ""]) => ({
      row,
      rule: rule.trim(),
      tests: held.flatMap(([number, path]) => (number === row ? [path] : [])),
    }));
    expect(rows.length).toBeGreaterThan(100);
    process.stdout.write(
      `${rows.map(({ row, rule, tests }) => `${row.padEnd(4)}${rule} → ${tests.join(", ") || "NO TEST"}`).join("\n")}\n`,
    );
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });
});
