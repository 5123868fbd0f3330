import { describe, expect, it } from "vitest";
import { lintDocument, lintRules } from "./lint-document";
import type { LintOptions } from "./types";

interface Case {
  fails: string;
  passes: string;
  options?: LintOptions;
}

/** A document of one phase around steps; steps are written without indentation. */
const phase = (steps: string, name = "build") =>
  `schemaVersion: 1.0\nphases:\n  - name: ${name}\n    steps:\n${indent(steps, 6)}`;
const indent = (text: string, spaces: number) => text.replace(/^(?=.)/gm, " ".repeat(spaces));
/** A step of an action, with further lines of the step. */
const step = (action: string, lines: string) =>
  phase(`- name: Step\n  action: ${action}\n${indent(lines, 2)}`);
const bash = (...commands: string[]) =>
  step("ExecuteBash", `inputs:\n  commands:\n${commands.map((line) => `    - ${line}`).join("\n")}`);
const powerShell = (...commands: string[]) =>
  step("ExecutePowerShell", `inputs:\n  commands:\n${commands.map((line) => `    - ${line}`).join("\n")}`);
const download = (lines: string) =>
  step(
    "WebDownload",
    `inputs:\n  - source: https://example.com/a\n    destination: /tmp/a\n${indent(lines, 4)}`,
  );
const condition = (lines: string) => step("UpdateOS", `if:\n${indent(lines, 2)}`);
const loop = (lines: string) =>
  step("ExecuteBash", `loop:\n${indent(lines, 2)}\ninputs:\n  commands:\n    - echo "{{ loop.value }}"`);
const echo = (name: string, text = "hello") =>
  `- name: ${name}\n  action: ExecuteBash\n  inputs:\n    commands:\n      - ${text}\n`;
const valid = phase(echo("Step"));
const twoPhases = (first: string, firstText: string, second: string, secondText: string) =>
  `${phase(echo("One", firstText), first)}  - name: ${second}\n    steps:\n${indent(echo("Two", secondText), 6)}`;
const withVariables = (lines: string, command = "hello") =>
  `schemaVersion: 1.0\n${lines}\nphases:\n  - name: build\n    steps:\n${indent(echo("Step", command), 6)}`;

const parameters = (count: number) =>
  Array.from({ length: count }, (_, index) => `  - Name${index}: { type: string, default: a }\n`).join("");

/** For each rule a document that breaks it and one, as like it as can be, that does not. */
const cases: Record<string, Case> = {
  "yaml-syntax": { fails: `${valid}   - odd`, passes: valid },
  "yaml-tab": { fails: "schemaVersion: 1.0\nphases:\n\t- name: build", passes: valid },
  "yaml-tag": { fails: bash("!Sub echo"), passes: bash("echo !Sub") },
  "duplicate-key": { fails: `schemaVersion: 1.0\n${valid}`, passes: valid },
  "unquoted-reference": {
    fails: step("CreateFolder", "inputs:\n  - path: {{ Folder }}/x"),
    passes: step("CreateFolder", "inputs:\n  - path: '{{ Folder }}/x'"),
  },
  "inline-size": { fails: `${valid}#${"x".repeat(16_000)}`, passes: `${valid}#${"x".repeat(15_000)}` },
  "document-size": { fails: `${valid}#${"é".repeat(33_000)}`, passes: `${valid}#${"e".repeat(33_000)}` },
  "template-placeholder": { fails: `name: \${name}\n${valid}`, passes: bash(`echo "\${NAME}"`) },
  "document-shape": { fails: "schemaVersion: 1.0\nphases: build", passes: valid },
  "schema-version": { fails: valid.replace("1.0", "2.0"), passes: valid.replace("1.0", '"1.0"') },
  "unknown-key": { fails: `Name: x\n${valid}`, passes: `name: x\n${valid}` },
  "missing-key": { fails: phase("- name: Step"), passes: valid },
  "no-runnable-phase": { fails: phase(echo("Step"), "install"), passes: phase(echo("Step"), "validate") },
  "duplicate-phase": {
    fails: twoPhases("build", "a", "build", "b"),
    passes: twoPhases("build", "a", "validate", "b"),
  },
  "duplicate-step": { fails: phase(echo("One") + echo("One")), passes: phase(echo("One") + echo("Two")) },
  "duplicate-loop": {
    fails: phase(
      ["One", "Two"]
        .map((name) => `- name: ${name}\n  action: Reboot\n  loop: { name: turn, forEach: [a] }\n`)
        .join(""),
    ),
    passes: phase(
      ["One", "Two"]
        .map((name) => `- name: ${name}\n  action: Reboot\n  loop: { name: ${name}, forEach: [a] }\n`)
        .join(""),
    ),
  },
  "duplicate-variable": {
    fails: withVariables(
      "parameters:\n  - Name: { type: string }\nconstants:\n  - Name: { type: string, value: a }",
    ),
    passes: withVariables(
      "parameters:\n  - Name: { type: string }\nconstants:\n  - Other: { type: string, value: a }",
    ),
  },
  "variable-name": {
    fails: withVariables("parameters:\n  - My.Name: { type: string }"),
    passes: withVariables("parameters:\n  - My-Name_1: { type: string }"),
  },
  "variable-definition": {
    fails: withVariables("constants:\n  - Name: { type: string }"),
    passes: withVariables("constants:\n  - Name: { type: string, value: a }"),
  },
  "parameter-value": {
    fails: withVariables("parameters:\n  - Name: { type: string }"),
    passes: withVariables("parameters:\n  - Name: { type: string, default: a }"),
    options: { parameters: {} },
  },
  "unknown-action": { fails: step("executeBash", ""), passes: bash("hello") },
  "action-platform": {
    fails: powerShell("hello"),
    passes: bash("hello"),
    options: { platform: "Linux" },
  },
  timeout: { fails: step("UpdateOS", "timeoutSeconds: 0"), passes: step("UpdateOS", "timeoutSeconds: -1") },
  "on-failure": { fails: step("UpdateOS", "onFailure: abort"), passes: step("UpdateOS", "onFailure: Abort") },
  "max-attempts": { fails: step("UpdateOS", "maxAttempts: 0"), passes: step("UpdateOS", "maxAttempts: 3") },
  "inputs-shape": {
    fails: step("CreateFolder", "inputs:\n  path: /tmp/x"),
    passes: step("CreateFolder", "inputs:\n  - path: /tmp/x"),
  },
  "missing-input": {
    fails: step("CopyFile", "inputs:\n  - source: /a"),
    passes: step("CopyFile", "inputs:\n  - source: /a\n    destination: /b"),
  },
  "unknown-input": {
    fails: step("ExecuteBinary", "inputs:\n  path: /a\n  args: [b]"),
    passes: step("ExecuteBinary", "inputs:\n  path: /a\n  arguments: [b]"),
  },
  "input-type": { fails: bash("echo a: b"), passes: bash("'echo a: b'") },
  "input-value": {
    fails: download("checksum: a\nalgorithm: CRC32"),
    passes: download("checksum: a\nalgorithm: sha256"),
  },
  "exclusive-inputs": {
    fails: step("ExecutePowerShell", "inputs:\n  commands: [a]\n  file: a.ps1"),
    passes: step("ExecutePowerShell", "inputs:\n  file: a.ps1"),
  },
  "checksum-algorithm": { fails: download("checksum: a"), passes: download("checksum: a\nalgorithm: MD5") },
  "input-platform": {
    fails: step("CreateFile", "inputs:\n  - path: C:\\a\n    owner: me"),
    passes: step("CreateFile", "inputs:\n  - path: C:\\a\n    content: me"),
    options: { platform: "Windows" },
  },
  "permissions-text": {
    fails: step("SetFilePermissions", "inputs:\n  - path: /a\n    permissions: 0755"),
    passes: step("SetFilePermissions", "inputs:\n  - path: /a\n    permissions: '0755'"),
  },
  "condition-shape": {
    fails: condition("stringEquals: a"),
    passes: condition("stringEquals: a\nvalue: b"),
  },
  "condition-branch": {
    fails: condition("fileExists: /a\nthen: Stop"),
    passes: condition("- fileExists: /a\n  then: Abort\n  else: Execute"),
  },
  "condition-depth": {
    fails: condition("not:\n  not:\n    not:\n      not:\n        fileExists: /a"),
    passes: condition("not:\n  not:\n    not:\n      fileExists: /a"),
  },
  "condition-number": {
    fails: condition("numberEquals: two\nvalue: 2"),
    passes: condition("numberEquals: '2.0'\nvalue: '{{ build.A.outputs.stdout }}'"),
  },
  "condition-pattern": {
    fails: condition("patternMatches: '(?=a)b'\nvalue: b"),
    passes: condition("patternMatches: '(?i)^v[0-9]+$'\nvalue: b"),
  },
  "condition-case": {
    fails: condition("stringEquals: Yes please\nvalue: b"),
    passes: condition("stringEquals: yes please\nvalue: b"),
  },
  "loop-shape": { fails: loop("name: turn"), passes: loop("name: turn\nforEach: [a, b]") },
  "loop-range": {
    fails: loop("for: { start: 1, end: 3, updateBy: -1 }"),
    passes: loop("for: { start: 3, end: 1, updateBy: -1 }"),
  },
  "loop-list": {
    fails: loop("forEach: { list: 'a|b', delimiter: '|' }"),
    passes: loop("forEach: { list: 'a;b', delimiter: ';' }"),
  },
  "reference-unknown": {
    fails: phase(echo("One") + echo("Two", "echo {{ build.Won.outputs.stdout }}")),
    passes: phase(echo("One") + echo("Two", "echo {{ build.One.outputs.stdout }}")),
  },
  "reference-order": {
    fails: phase(echo("One", "echo {{ build.Two.outputs.stdout }}") + echo("Two")),
    passes: phase(echo("Two") + echo("One", "echo {{ build.Two.outputs.stdout }}")),
  },
  "reference-stage": {
    fails: twoPhases("build", "a", "test", "echo {{ build.One.outputs.stdout }}"),
    passes: twoPhases("build", "a", "validate", "echo {{ build.One.outputs.stdout }}"),
  },
  "unknown-variable": {
    fails: withVariables("constants:\n  - Name: { type: string, value: a }", "echo {{ name }}"),
    passes: withVariables("constants:\n  - Name: { type: string, value: a }", "echo {{Name }} {{ .State }}"),
  },
  "loop-reference": { fails: bash('echo "{{ loop.index }}"'), passes: loop("forEach: [a]") },
  "reference-misplaced": {
    fails: `description: for {{ Name }}\n${valid}`,
    passes: `description: for you\n${valid}`,
  },
  "name-characters": {
    fails: phase(echo("Install nginx")),
    passes: phase(echo("Install_nginx-2")),
  },
  "disable-logging": {
    fails: step("UpdateOS", "disableLogging: sometimes"),
    passes: `disableLogging: true\n${step("UpdateOS", "disableLogging: false")}`,
  },
  "parameter-limits": {
    fails: withVariables(`parameters:\n${parameters(26)}`),
    passes: withVariables(`parameters:\n${parameters(25)}`),
  },
  "pattern-destination": {
    fails: step("CopyFile", "inputs:\n  - source: /a/*.rpm\n    destination: /b"),
    passes: step("CopyFile", "inputs:\n  - source: /a/*.rpm\n    destination: /b/"),
  },
  "reference-refused": {
    fails: bash("echo {{ aws:imds:iam/info }}"),
    passes: bash("echo {{ aws:imds:placement/region }}"),
  },
  "parameter-store-name": {
    fails: bash("echo {{ aws:ssm:/my name }}"),
    passes: bash("echo {{ aws:ssm:/my/name }}"),
  },
  "context-key": {
    fails: bash("echo {{ context:instanceId }}"),
    passes: bash("echo {{ context:region }}"),
  },
  "secret-logged": {
    fails: bash("echo {{ aws:ssm:/db/password }}"),
    passes: `disableLogging: true\n${bash("echo {{ aws:ssm:/db/password }}")}`,
  },
  "image-phase": {
    fails: condition("stringEquals: test\nvalue: '{{ env:IMAGE_PHASE }}'"),
    passes: condition("stringEquals: TESTING\nvalue: '{{ env:IMAGE_PHASE }}'"),
  },
  "skip-file": {
    fails: bash("touch skip_cleanup_ssh_files.txt"),
    passes: bash("touch skip_cleanup_ssh_files"),
  },
  "secret-short-way": {
    fails: bash("aws ssm get-parameter --name /db/user"),
    passes: bash("aws ssm put-parameter --name /db/user --value a"),
  },
  "script-pipe-status": {
    fails: bash("set -e", "make 2>&1 | tee make.log"),
    passes: bash("set -eo pipefail", "make 2>&1 | tee make.log"),
  },
  "export-lost": {
    fails: phase(echo("One", "export A_B=1") + echo("Two", "env")),
    passes: phase(echo("One", "export A_B=1 && env") + echo("Two", "env")),
  },
  "native-exit-code": {
    fails: powerShell("$ErrorActionPreference = 'Stop'", "choco install -y git"),
    passes: powerShell("$ErrorActionPreference = 'Stop'", "choco install -y git", "exit $LASTEXITCODE"),
  },
  "check-cannot-fail": {
    fails: phase(echo("Step", "nginx -t || true"), "validate"),
    passes: phase(echo("Step", "nginx -t || true"), "build"),
  },
  "phase-never-runs": {
    fails: twoPhases("build", "a", "cleanup", "b"),
    passes: twoPhases("test", "a", "container-host-test", "b"),
  },
  "mixed-test-phase": { fails: twoPhases("build", "a", "test", "b"), passes: phase(echo("Step"), "test") },
  "no-validate-phase": { fails: valid, passes: twoPhases("build", "a", "validate", "b") },
  "ignored-validation": {
    fails: phase("- { name: Step, action: Reboot, onFailure: Ignore }", "validate"),
    passes: phase("- { name: Step, action: Reboot, onFailure: Abort }", "validate"),
  },
  "update-os-packages": { fails: step("UpdateOS", ""), passes: bash("dnf -y update") },
  "retired-inspector": {
    fails: step(
      "ExecuteDocument",
      "inputs:\n  document: arn:aws:imagebuilder:us-east-1:aws:component/inspector-test-linux/1.0.2/1",
    ),
    passes: step(
      "ExecuteDocument",
      "inputs:\n  document: arn:aws:imagebuilder:us-east-1:aws:component/update-linux/1.0.2/1",
    ),
  },
  "printed-file": {
    fails: step("ReadFile", "inputs:\n  - path: /a\n    printFileContent: true"),
    passes: step("ReadFile", "inputs:\n  - path: /a\n    printFileContent: false"),
  },
  "insecure-download": {
    fails: download("").replace("https", "http"),
    passes: download(""),
  },
  "unchecked-download": { fails: download(""), passes: download("checksum: a\nalgorithm: SHA256") },
  "ignored-certificate": {
    fails: download("ignoreCertificateErrors: true"),
    passes: download("ignoreCertificateErrors: false"),
  },
  "secret-name": {
    fails: withVariables("parameters:\n  - DbPassword: { type: string }"),
    passes: withVariables("parameters:\n  - DbPasswordSecretName: { type: string }"),
  },
  "secret-value": { fails: bash("PASSWORD='hunter22'"), passes: bash('PASSWORD="$(fetch)"') },
  "script-fail-fast": { fails: bash("one", "two"), passes: bash("set -euo pipefail", "one", "two") },
  "script-reboot": { fails: bash("sudo reboot"), passes: bash("touch /var/run/reboot-required") },
  "restart-marker": { fails: bash("exit 194"), passes: bash("test -f /var/done || exit 194") },
  "pipe-to-shell": {
    fails: bash("curl https://x.io | sudo bash"),
    passes: bash("curl https://x.io | grep bash"),
  },
  "package-manager-prompt": { fails: bash("yum install jq"), passes: bash("yum -q -y install jq") },
  "http-download": { fails: bash("curl http://x.io/a"), passes: bash("curl http://169.254.169.254/latest") },
  "fixed-architecture": {
    fails: bash("curl -O https://x.io/a-x86_64.zip"),
    passes: bash("curl -O https://x.io/a-$(uname -m).zip"),
  },
};

const rulesOf = (text: string, options?: LintOptions) => lintDocument(text, options).map(({ rule }) => rule);

describe("the linter", () => {
  it("has a failing and a passing document for every rule", () => {
    expect(Object.keys(cases).toSorted()).toEqual(lintRules.map(({ id }) => id).toSorted());
  });

  it.each(Object.entries(cases))(
    "%s finds what breaks it and nothing else",
    (rule, { fails, passes, options }) => {
      expect(rulesOf(fails, options)).toContain(rule);
      expect(rulesOf(passes, options)).not.toContain(rule);
    },
  );

  it("gives every rule a demand and the AWS page it comes from", () => {
    for (const rule of lintRules) {
      expect(rule.demands).toMatch(/\.$/);
      expect(rule.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });

  it.each(Object.entries(cases))(
    "%s offers only fixes that remove the finding",
    (rule, { fails, options }) => {
      for (const finding of lintDocument(fails, options)) {
        if (finding.rule !== rule || !finding.fix) continue;
        const fixed = finding.fix.edits
          .toSorted((a, b) => b.from - a.from)
          .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), fails);
        const left = lintDocument(fixed, options).filter((other) => other.rule === rule);
        expect(left.length).toBeLessThan(
          lintDocument(fails, options).filter((other) => other.rule === rule).length,
        );
        expect(lintDocument(fixed, options).map((other) => other.rule)).not.toContain("yaml-syntax");
      }
    },
  );
});
