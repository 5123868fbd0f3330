import { expect, it } from "vitest";
import { listFiles, readText } from "@/lib/testing/project-files";

const [, section = ""] = readText("docs/operations.md").split("## What is kept, and how long");
/** What stands in the first column: one name or more. */
const documented = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(
  ([, names = ""]) => names.replaceAll("`", "").split(", "),
);
/** Of the newest migration: what lies in the database, whichever file defines it. */
const newest = listFiles("lib/db/migrations/meta")
  .filter((path) => path.endsWith("_snapshot.json"))
  .toSorted()
  .at(-1);
const { tables: defined } = JSON.parse(readText(newest ?? "")) as {
  tables: Record<string, { name: string }>;
};
const tables = Object.values(defined).map(({ name }) => name);
const covers = (name: string, table: string) =>
  name.endsWith("*") ? table.startsWith(name.slice(0, -1)) : table === name;

it("finds the tables", () => {
  expect(tables).toContain("audit_rows");
  expect(tables.length).toBeGreaterThan(20);
});

it.each(tables)("says how long rows of %s are kept", (table) => {
  expect(documented.filter((name) => covers(name, table))).toHaveLength(1);
});

it("says so of no table that is gone", () => {
  expect(documented.filter((name) => !tables.some((table) => covers(name, table)))).toEqual([]);
});
