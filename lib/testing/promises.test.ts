import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { readText } from "./project-files";

const text = readText("SECURITY.md");
/** The rows of the table under a heading, without its first two lines. */
const rowsUnder = (heading: string): string[] =>
  (text.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
const testsIn = (row: string): string[] =>
  [...row.matchAll(/`((?:lib|scripts|e2e|simulator)\/[^`]+)`/g)].map(([, path = ""]) => path);
const rows = [...rowsUnder("What is in place"), ...rowsUnder("What holds these sentences")];

it("names for every promise of SECURITY.md the tests that hold it, and they exist", () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const cell = row.split("|").at(-2) ?? "";
    expect(testsIn(cell), row.slice(0, 80)).not.toEqual([]);
    for (const path of testsIn(cell)) {
      expect(path).toMatch(/\.(test|spec)\.ts$/);
      expect(existsSync(path), path).toBe(true);
    }
  }
});

it("has a row for every sentence that is marked as a promise, and no other", () => {
  const marks = [...text.matchAll(/\[(P\d+)\]/g)].map(([, mark]) => mark);
  const held = rowsUnder("What holds these sentences").map((row) => row.split("|")[1]?.trim());
  expect(marks.length).toBeGreaterThan(0);
  expect(marks).toEqual(held);
});
