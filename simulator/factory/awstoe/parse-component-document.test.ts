import { describe, expect, it } from "vitest";
import { parseComponentDocument } from "./parse-component-document";

const document = (step: string, head = "schemaVersion: 1.0\n") =>
  `${head}phases:\n  - name: build\n    steps:\n${step}`;
const STEP =
  "      - name: Run\n        action: ExecuteBash\n        inputs:\n          commands:\n            - echo hi\n";

describe("component documents", () => {
  it("reads YAML and JSON alike", () => {
    const yaml = parseComponentDocument(document(STEP));
    const step = { name: "Run", action: "ExecuteBash", inputs: { commands: ["echo hi"] } };
    const json = parseComponentDocument(
      JSON.stringify({ schemaVersion: "1.0", phases: [{ name: "build", steps: [step] }] }),
    );
    expect(json).toEqual(yaml);
  });

  it("fills AWSTOE's defaults", () => {
    const parsed = parseComponentDocument(document(STEP));
    expect(parsed.ok && parsed.document.phases[0]?.steps[0]).toMatchObject({
      timeoutSeconds: 7200,
      onFailure: "Abort",
      maxAttempts: 1,
    });
  });

  it("says the line where YAML breaks", () => {
    expect(parseComponentDocument("schemaVersion: 1.0\nphases: [\n")).toMatchObject({
      ok: false,
      problems: [{ line: expect.any(Number) }],
    });
  });

  it.each([
    ["no schemaVersion", document(STEP, ""), "no 'schemaVersion'"],
    ["another schemaVersion", document(STEP, "schemaVersion: 2.0\n"), "'2' is not supported"],
    ["an unknown property", document(STEP, "schemaVersion: 1.0\nowner: me\n"), "unknown property 'owner'"],
    ["no phases", "schemaVersion: 1.0\n", "0 phases"],
    ["two steps of one name", document(STEP + STEP), "used more than once"],
    [
      "an unknown action",
      document(STEP.replace("ExecuteBash", "ExecuteRuby")),
      "Action ExecuteRuby is not supported",
    ],
    [
      "an action without inputs",
      document("      - name: Get\n        action: S3Download\n"),
      "Parsing step 'Get' in phase 'build' failed. Error: Action S3Download has no inputs; it requires an 'inputs'",
    ],
    ["an unknown input", document(`${STEP}          shell: zsh\n`), "unknown input 'shell'"],
    [
      "a missing input",
      document(
        "      - name: Get\n        action: WebDownload\n        inputs:\n          - source: https://a/b\n",
      ),
      "requires the input 'destination'",
    ],
    [
      "a timeout of 0",
      document(`${STEP}        timeoutSeconds: 0\n`),
      "'timeoutSeconds' must be a positive integer",
    ],
    [
      "another onFailure",
      document(`${STEP}        onFailure: Retry\n`),
      "'onFailure' must be one of Abort, Continue, Ignore",
    ],
    [
      "a loop that never ends",
      document(
        `${STEP}        loop:\n          for:\n            start: 1\n            end: 5\n            updateBy: -1\n`,
      ),
      "does not terminate",
    ],
    [
      "an unknown operator",
      document(`${STEP}        if:\n          stringMatches: a\n          value: b\n`),
      "unknown operator 'stringMatches'",
    ],
    [
      "parameters that are no list",
      document(STEP, "schemaVersion: 1.0\nparameters:\n  A: {type: string}\n"),
      "'parameters' must be a list",
    ],
    [
      "a parameter of another type",
      document(STEP, "schemaVersion: 1.0\nparameters:\n  - Port: {type: integer}\n"),
      "Supported types: string",
    ],
    [
      "a phase Image Builder never runs alone",
      document(STEP).replace("name: build", "name: deploy"),
      "none of the phases",
    ],
  ])("refuses %s", (_, text, message) => {
    expect(parseComponentDocument(text)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining(message) }],
    });
  });

  it("refuses text nested beyond all measure instead of breaking", () => {
    expect(parseComponentDocument("[".repeat(40_000)).ok).toBe(false);
  });

  it("refuses an action that does not run on the component's platform", () => {
    expect(parseComponentDocument(document(STEP), "Windows")).toMatchObject({
      ok: false,
      problems: [
        {
          message:
            "Parsing step 'Run' in phase 'build' failed. Error: Action ExecuteBash is not supported on Windows",
        },
      ],
    });
  });
});
