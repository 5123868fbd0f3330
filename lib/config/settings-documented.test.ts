import { expect, it } from "vitest";
import { listFiles, readText } from "@/lib/testing/project-files";

/** Every name that the product's configuration reads, secrets in files included. */
const read = new Set(
  listFiles("lib/config")
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .flatMap((path) => readText(path).match(/\b(GOLDSMITH_[A-Z_]*[A-Z]|DATABASE_URL)\b(?!\*)/g) ?? []),
);

/** README writes `GOLDSMITH_PROXY_ISSUER`, `_AUDIENCE`: a row's later names leave their beginning out. */
function namesIn(row: string): string[] {
  const names = [...row.matchAll(/`([A-Z_]+)(?:=[^`]*)?`/g)].map(([, name = ""]) => name);
  const full = names.filter((name) => !name.startsWith("_"));
  const heads = full.flatMap((name) =>
    name.split("_").map((_, index, parts) => parts.slice(0, index + 1).join("_")),
  );
  return [
    ...full,
    ...names.filter((name) => name.startsWith("_")).flatMap((end) => heads.map((head) => head + end)),
  ];
}
const rows = readText("README.md")
  .split("\n")
  .filter((line) => line.startsWith("| `"));
const documented = new Set(rows.flatMap(namesIn));

it("finds the settings and the table", () => {
  expect(read.size).toBeGreaterThan(30);
  expect(rows.length).toBeGreaterThan(20);
});

it.each([...read].toSorted())("%s has its place in README's table", (name) => {
  expect(documented).toContain(name.replace(/_FILE$/, ""));
});
