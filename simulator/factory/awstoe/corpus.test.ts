import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Platform } from "../types";
import { parseComponentDocument } from "./parse-component-document";
import { runDocument } from "./run-fixture";

// Documents that others published, read in place beside the project and never committed.
const here = ["../shared/corpus/", "../../shared/corpus/"]
  .map((path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url)))
  .find((path) => existsSync(`${path}components/INDEX.tsv`));
const present = here !== undefined;

interface Entry {
  file: string;
  platform: Platform | undefined;
  /** Why it stands among the odd ones; empty among the others. */
  reason: string;
  text: string;
}

function entriesOf(folder: string): Entry[] {
  if (!present) return [];
  const [head = "", ...rows] = readFileSync(`${here}${folder}/INDEX.tsv`, "utf8").split("\n");
  const columns = head.split("\t");
  const told = new Map(rows.map((row) => [row.split("\t")[0], row.split("\t")]));
  return readdirSync(`${here}${folder}`)
    .filter((file) => file !== "INDEX.tsv")
    .map((file) => {
      const of = (column: string) => told.get(file)?.[columns.indexOf(column)] ?? "";
      const named = of("platform");
      const platform = named === "Linux" || named === "Windows" || named === "macOS" ? named : undefined;
      return { file, platform, reason: of("reason"), text: readFileSync(`${here}${folder}/${file}`, "utf8") };
    });
}

/** Parameters that a document requires and a recipe would give. */
const GIVEN: Record<string, Record<string, string>> = { "061": { RecipeSource: "s3://bucket/recipe" } };

/** Each reason of the index that AWSTOE would refuse a document for, and how the refusal begins. Placeholders are text to it. */
const REFUSALS: [RegExp, RegExp][] = [
  [/YAML does not parse/, /^yaml: line \d+: /],
  [/schemaVersion 'string'/, /^The schemaVersion 'string' is not supported/],
];

function runBoth(entry: Entry) {
  const parameters = GIVEN[entry.file.slice(0, 3)] ?? {};
  return ["build", "test"].map((stage) =>
    runDocument(entry.text, {
      platform: entry.platform ?? "Linux",
      phases: stage === "build" ? ["build", "validate"] : ["test"],
      parameters,
    }),
  );
}

describe.skipIf(!present)("published component documents (needs ../shared/corpus)", () => {
  it.each(entriesOf("components").map((entry) => [entry.file, entry] as const))(
    "%s is accepted and succeeds",
    (_, entry) => {
      expect(parseComponentDocument(entry.text, entry.platform)).toMatchObject({ ok: true });
      for (const run of runBoth(entry)) {
        expect(run.failure).toBeUndefined();
        expect(run.messages.at(-1)).toBe("TOE has completed execution successfully");
      }
    },
  );

  it.each(entriesOf("components-odd").map((entry) => [entry.file, entry] as const))(
    "%s is refused for the reason that the index gives, or runs",
    (_, entry) => {
      const parsed = parseComponentDocument(entry.text, entry.platform);
      const [, words] = REFUSALS.find(([reason]) => reason.test(entry.reason)) ?? [];
      expect(parsed.ok).toBe(words === undefined);
      if (words) expect(parsed).toHaveProperty("problems.0.message", expect.stringMatching(words));
      if (!parsed.ok) return;
      for (const run of runBoth(entry)) expect(run.messages.at(-1)).toMatch(/^TOE has completed execution/);
    },
  );
});
