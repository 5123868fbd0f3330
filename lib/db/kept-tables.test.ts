import { getTableName, isTable } from "drizzle-orm";
import { expect, it } from "vitest";
import { readText } from "@/lib/testing/project-files";
import { schema } from "./types";

const [, section = ""] = readText("docs/operations.md").split("## What is kept, and how long");
/** What stands in the first column: one name or more. */
const documented = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(
  ([, names = ""]) => names.replaceAll("`", "").split(", "),
);
const tables = Object.values(schema).flatMap((table) => (isTable(table) ? [getTableName(table)] : []));
const covers = (name: string, table: string) =>
  name.endsWith("*") ? table.startsWith(name.slice(0, -1)) : table === name;

it.each(tables)("says how long rows of %s are kept", (table) => {
  expect(documented.filter((name) => covers(name, table))).toHaveLength(1);
});

it("says so of no table that is gone", () => {
  expect(documented.filter((name) => !tables.some((table) => covers(name, table)))).toEqual([]);
});
