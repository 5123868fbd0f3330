import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { actionModules } from "goldsmith-languages/component";
import { describe, expect, it } from "vitest";
import { buildComponentSchema } from "@/lib/definitions/component-schemas";
import { componentRows } from "@/lib/testing/component-rows";
import { corpusFiles, readCorpus } from "@/lib/testing/corpus";
import { projectRoot } from "@/lib/testing/project-files";
import { readComponentDocument } from "@/simulator/testing";
import { lintDocument } from "./lint-document";
import type { Platform } from "./types";

const errorsIn = (text: string, platform?: Platform) =>
  lintDocument(text, { platform }).filter(({ severity }) => severity === "error");

function verdicts(text: string, platform?: Platform) {
  const linter = errorsIn(text, platform).map(({ line, rule, message }) => `${line} ${rule} ${message}`);
  const platforms: Platform[] = platform ? [platform] : ["Linux", "Windows", "macOS"];
  // Without a platform the form has none either: a document is judged on one that its modules run on.
  const fits = platforms.find(
    (each) => !lintDocument(text, { platform: each }).some(({ rule }) => rule.endsWith("-platform")),
  );
  const form = buildComponentSchema.safeParse({
    name: "web",
    semanticVersion: "1.0.0",
    platform: platform ?? fits ?? "Linux",
    data: text,
  });
  const read = readComponentDocument(text, platform);
  const simulator = read.ok ? [] : read.problems.map(({ message }) => message);
  return { linter, form: form.error?.issues.map(({ message }) => message) ?? [], simulator };
}

const cases = Object.entries(componentRows).flatMap(
  ([title, { valid, invalid = [], warns = [], platform }]) => [
    ...valid.map((text, index) => [`${title}: valid ${index + 1}`, text, platform, true] as const),
    ...warns.map(
      ([, text], index) => [`${title}: taken with a warning ${index + 1}`, text, platform, true] as const,
    ),
    ...invalid.map((text, index) => [`${title}: invalid ${index + 1}`, text, platform, false] as const),
  ],
);

describe("the language of component documents", () => {
  it.each(cases)("%s", (_, text, platform, isValid) => {
    const { linter, form, simulator } = verdicts(text, platform);
    const taken = { linter: linter.length === 0, form: form.length === 0, simulator: simulator.length === 0 };
    expect({ taken, text, linter, simulator }).toMatchObject({
      taken: { linter: isValid, form: isValid, simulator: isValid },
    });
  });

  it.each(
    Object.values(componentRows).flatMap(({ warns = [], platform }) =>
      warns.map((each) => [...each, platform] as const),
    ),
  )("warns of %s", (rule, text, platform) => {
    const found = lintDocument(text, { platform }).find((finding) => finding.rule === rule);
    expect(found?.severity).toBe("warning");
  });

  /** For each module a step that is right, then each required input left out, and each input of a wrong type. */
  const given = {
    string: "a",
    boolean: true,
    integer: 1,
    "string list": ["a"],
    "text, number or list": "a",
    "text map": { a: "b" },
    "parameter list": [{ name: "a", value: "b" }],
  };
  const wrong = {
    string: ["a"],
    boolean: "perhaps",
    integer: "some",
    "string list": "a",
    "text, number or list": { a: 1 },
    "text map": "a",
    "parameter list": "a",
  };
  const asJson = (action: string, inputs: Record<string, unknown>, isList: boolean) =>
    JSON.stringify({
      schemaVersion: "1.0",
      phases: [{ name: "build", steps: [{ name: "Step_1", action, inputs: isList ? [inputs] : inputs }] }],
    });

  it.each(
    actionModules
      .filter(({ shape }) => shape !== "condition")
      .map((module) => [module.name, module] as const),
  )("judges the inputs of %s alike", (action, module) => {
    const isList = module.shape === "list";
    const right = (name: string) => {
      const input = module.inputs.find((each) => each.name === name);
      if (!input) throw new Error(name);
      if (input.pattern) return input.name === "path" ? "HKLM:\\Software" : "*VX";
      return input.values?.[0] ?? given[input.type];
    };
    const required = Object.fromEntries(
      module.inputs
        .filter((input) => input.required || input.name === module.oneOf?.[0])
        .map(({ name }) => [name, right(name)]),
    );
    const [platform] = module.platforms;
    const agree = (inputs: Record<string, unknown>, isValid: boolean) => {
      const text = asJson(action, inputs, isList);
      const { linter, simulator } = verdicts(text, platform);
      expect({ text, linter: linter.length === 0, simulator: simulator.length === 0 }).toEqual({
        text,
        linter: isValid,
        simulator: isValid,
      });
    };
    agree(required, true);
    agree({ ...required, madeUp: 1 }, false);
    for (const input of module.inputs) {
      const others = module.oneOf?.includes(input.name) ? {} : required;
      const together = module.together?.includes(input.name)
        ? Object.fromEntries(module.together.map((name) => [name, right(name)]))
        : { [input.name]: right(input.name) };
      agree({ ...others, ...together }, true);
      agree({ ...others, ...together, [input.name]: wrong[input.type] }, false);
      if (!input.required) continue;
      const { [input.name]: _, ...rest } = required;
      agree(rest, false);
    }
  });
});

describe.skipIf(corpusFiles("components").length === 0)("documents in use (needs ../shared/corpus)", () => {
  it("are taken or refused by both, whatever their authors did", () => {
    const apart = ["components", "components-odd"]
      .flatMap(corpusFiles)
      .filter((path) => /\.ya?ml$/.test(path))
      .flatMap((path) => {
        const { linter, simulator } = verdicts(readCorpus(path));
        return (linter.length === 0) === (simulator.length === 0) ? [] : [[path, linter[0], simulator[0]]];
      });
    expect(apart).toEqual([]);
  });
});

const folder = join(projectRoot, "../shared/cases");

describe.skipIf(!existsSync(folder))("documents of bug reports (needs ../shared/cases)", () => {
  it.each([
    ["awstoe-variables-ssm-env-imds-context.yml", true, []],
    ["disable-logging.yml", true, []],
    ["nested-documents-in-a-loop.yaml", true, []],
    ["failure-hidden-by-a-pipe.yaml", true, ["script-pipe-status:13", "script-pipe-status:20"]],
    ["export-lost-between-steps.yaml", true, ["export-lost:11"]],
    ["step-name-with-space-refused-by-aws.yml", false, ["name-characters:6"]],
    ["commands-one-text.json", false, ["input-type:1"]],
    ["braces-of-other-tools.yaml", false, ["unknown-variable:13", "name-characters:16"]],
  ] as const)("judges %s alike and says what is wrong", (name, isValid, said) => {
    const text = readFileSync(join(folder, name), "utf8");
    const { linter, form, simulator } = verdicts(text, "Linux");
    expect([linter.length === 0, form.length === 0, simulator.length === 0]).toEqual([
      isValid,
      isValid,
      isValid,
    ]);
    const found = lintDocument(text, { platform: "Linux" }).map(({ rule, line }) => `${rule}:${line}`);
    expect(found).toEqual(expect.arrayContaining([...said]));
  });

  it("refuses credentials of the instance", () => {
    const text = readFileSync(join(folder, "awstoe-variables-ssm-env-imds-context.yml"), "utf8");
    const { linter, form, simulator } = verdicts(
      text.replace("aws:imds:instance-id", "aws:imds:iam/security-credentials/x"),
    );
    expect([linter.length, form.length, simulator.length]).toEqual([1, 1, 1]);
  });
});
