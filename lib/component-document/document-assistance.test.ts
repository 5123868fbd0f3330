import type { Platform } from "goldsmith-languages/component";
import { describe, expect, it } from "vitest";
import { explainAt, suggestAt } from "./document-assistance";

/** Suggestions where the text has its cursor, written as ^. */
const labels = (marked: string, platform?: Platform) => {
  const offset = marked.indexOf("^");
  return suggestAt(marked.replace("^", ""), offset, platform)?.items.map(({ label }) => label) ?? [];
};
const explain = (marked: string) => explainAt(marked.replace("^", ""), marked.indexOf("^"));

const head =
  "schemaVersion: 1.0\nconstants:\n  - Folder:\n      type: string\n      value: /opt\nphases:\n  - name: build\n    steps:\n";
const fetch =
  "      - name: Fetch\n        action: WebDownload\n        inputs:\n          - source: https://a\n            destination: /a\n";

describe("suggestions", () => {
  it("offer the keys of the place that are not there yet", () => {
    expect(labels("schemaVersion: 1.0\n^")).toEqual([
      "name",
      "description",
      "parameters",
      "constants",
      "phases",
      "disableLogging",
    ]);
    expect(labels("phases:\n  - name: build\n    ^")).toEqual(["steps", "disableLogging"]);
    expect(labels(`${head}      - name: A\n        action: Reboot\n        ^`)).toEqual(
      expect.arrayContaining(["timeoutSeconds", "onFailure", "loop", "inputs"]),
    );
    expect(labels(`${head}      - name: A\n        ti^`)).not.toContain("name");
  });

  it("offer keys where a list stands in the column of its key", () => {
    expect(labels("phases:\n- name: build\n  steps:\n  - name: A\n    ac^")).toContain("action");
  });

  it("offer the inputs of the step's own module", () => {
    expect(labels(`${head}${fetch}            ^`)).toEqual([
      "overwrite",
      "checksum",
      "algorithm",
      "ignoreCertificateErrors",
    ]);
    expect(
      labels(`${head}      - name: A\n        inputs:\n          ^\n        action: InstallMSI\n`),
    ).toContain("logFile");
  });

  it("offer the modules of the platform", () => {
    const text = `${head}      - name: A\n        action: ^`;
    expect(labels(text)).toContain("ExecutePowerShell");
    expect(labels(text, "Linux")).not.toContain("ExecutePowerShell");
  });

  it("offer the values of a key", () => {
    expect(labels(`${head}      - name: A\n        onFailure: ^`)).toEqual(["Abort", "Continue", "Ignore"]);
    expect(labels("phases:\n  - name: ^")).toContain("validate");
  });

  it("offer operators in conditions", () => {
    expect(labels(`${head}      - name: A\n        if:\n          ^`)).toEqual(
      expect.arrayContaining(["stringEquals", "and", "then"]),
    );
  });

  it("offer what a reference can name, also inside a script", () => {
    const script =
      "      - name: B\n        action: ExecuteBash\n        inputs:\n          commands:\n            - |\n              echo {{ ^";
    const offered = labels(`${head}${fetch}${script}`);
    expect(offered.slice(0, 4)).toEqual([
      "Folder",
      "build.Fetch.outputs.destination",
      "build.Fetch.inputs[0].source",
      "build.Fetch.inputs[0].destination",
    ]);
    expect(offered).toEqual(expect.arrayContaining(["context:region", "env:IMAGE_PHASE", "aws:ssm:/"]));
  });

  it("stay silent in a script", () => {
    expect(
      labels(
        `${head}      - action: ExecuteBash\n        inputs:\n          commands:\n            - |\n              na^`,
      ),
    ).toEqual([]);
  });

  it("work in JSON", () => {
    expect(labels('{"phases": [{"name": "build", "^')).toEqual(["steps", "disableLogging"]);
    expect(labels('{"phases": [{"steps": [{"action": "^')).toContain("ExecuteBash");
    expect(labels('{"phases": [{"steps": [{"action": "Reboot", "inputs": {"^')).toEqual(["delaySeconds"]);
  });
});

describe("explanations", () => {
  it("say what a key is, with the AWS page", () => {
    expect(explain(`${head}      - name: A\n        time^outSeconds: 3`)).toMatchObject({
      title: "timeoutSeconds",
      detail: "number, default 7200",
      link: expect.stringContaining("docs.aws.amazon.com"),
    });
  });

  it("say what a module does", () => {
    expect(explain(`${head}      - name: A\n        action: Re^boot`)?.description).toMatch(
      /Restarts the instance/,
    );
  });

  it("say what a reference stands for", () => {
    expect(explain(`${head}      - name: A\n        inputs: "{{ Fol^der }}"`)?.description).toBe(
      "Value: /opt",
    );
  });

  it("say nothing about words of a script", () => {
    expect(
      explain(
        `${head}      - action: ExecuteBash\n        inputs:\n          commands:\n            - echo na^me`,
      ),
    ).toBeNull();
  });
});

it("assistance survives a cursor anywhere in anything", () => {
  for (const text of [head + fetch, '{"phases": [{"steps": [', "- - - a:\n  - {{", "\t\u0000:\n{", ""]) {
    for (let offset = 0; offset <= text.length; offset += 1) {
      suggestAt(text, offset);
      explainAt(text, offset);
    }
  }
});
