import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Platform } from "../types";
import { parseComponentDocument } from "./parse-component-document";
import { runDocument } from "./run-fixture";

// Documents that others published, read in place beside the project and never committed.
const here = ["../shared/corpus/", "../../shared/corpus/"]
  .map((path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url)))
  .find((path) => existsSync(`${path}components/INDEX.tsv`));
const present = here !== undefined;

interface Entry {
  file: string;
  platform: Platform | undefined;
  text: string;
}

function entriesOf(folder: string): Entry[] {
  if (!present) return [];
  const [head = "", ...rows] = readFileSync(`${here}${folder}/INDEX.tsv`, "utf8").split("\n");
  const column = head.split("\t").indexOf("platform");
  const platforms = new Map(rows.map((row) => [row.split("\t")[0], row.split("\t")[column]]));
  return readdirSync(`${here}${folder}`)
    .filter((file) => file !== "INDEX.tsv")
    .map((file) => {
      const named = platforms.get(file);
      const platform = named === "Linux" || named === "Windows" || named === "macOS" ? named : undefined;
      return { file, platform, text: readFileSync(`${here}${folder}/${file}`, "utf8") };
    });
}

/** Parameters that a document requires and a recipe would give. */
const GIVEN: Record<string, Record<string, string>> = { "061": { RecipeSource: "s3://bucket/recipe" } };

/** YAML that does not parse, a tag without meaning here, or AWS's own skeleton of placeholders. */
const REFUSED = ["039", "056", "128", "234", "317", "320"];

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
    "%s is refused or runs, as the index says",
    (_, entry) => {
      const parsed = parseComponentDocument(entry.text, entry.platform);
      expect(parsed.ok).toBe(!REFUSED.includes(entry.file.slice(0, 3)));
      if (!parsed.ok) return;
      for (const run of runBoth(entry)) expect(run.messages.at(-1)).toMatch(/^TOE has completed execution/);
    },
  );
});
