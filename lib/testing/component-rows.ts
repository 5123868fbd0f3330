import type { Platform } from "goldsmith-languages/component";

/**
 * The rules of component documents, each with what is valid and what is not, through the linter, the schema of the
 * form and the simulator: the three must agree. `warns` names a rule for what AWS takes.
 */
interface Row {
  valid: string[];
  invalid?: string[];
  warns?: [rule: string, text: string][];
  platform?: Platform;
}

const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);
const build = (steps: string, head = "", phase = "build") =>
  `schemaVersion: 1.0\n${head}phases:\n  - name: ${phase}\n    steps:\n${indented(steps, "      ")}\n`;
const step = (action: string, lines = "", name = "Step_1") =>
  `- name: ${name}\n  action: ${action}\n${indented(lines, "  ")}\n`;
const command = (text: string, more = "", name = "Step_1") =>
  step("ExecuteBash", `${more}inputs:\n  commands:\n    - "${text}"`, name);
const say = (text: string, head = "") => build(command(text), head);
const only = (action: string, lines = "") => build(step(action, lines));
const condition = (lines: string) => only("UpdateOS", `if:\n${indented(lines, "  ")}`);
const parameters = (...lines: string[]) => `parameters:\n${lines.map((line) => `  - ${line}\n`).join("")}`;
const many = (count: number) =>
  parameters(...Array.from({ length: count }, (_, index) => `Name${index}: {type: string, default: a}`));
const msi = (properties: string) =>
  only("InstallMSI", `inputs:\n  path: C:\\\\a.msi\n  properties:\n    ${properties}`);
const registry = (value: string, type = "SZ") =>
  only(
    "SetRegistry",
    `inputs:\n  - path: HKLM:\\Software\\X\n    name: a\n    value: ${value}\n    type: ${type}`,
  );

export const componentRows: Record<string, Row> = {
  "9 schemaVersion": {
    valid: [say("a"), say("a").replace("1.0", "1"), say("a").replace("1.0", '"1.0"')],
    invalid: [say("a").replace("1.0", "2.0"), say("a").replace("schemaVersion: 1.0\n", "")],
  },
  "10 phases": {
    valid: [],
    invalid: [
      "schemaVersion: 1.0\nphases: []\n",
      "schemaVersion: 1.0\n",
      build("[]").replace("steps:\n      []", "steps: []"),
    ],
  },
  "11 names of phases": {
    valid: ["validate", "test"].map((name) => build(command("a"), "", name)),
    invalid: ["my phase", "b1", "a.b.c", "x".repeat(129)].map(
      (name) => `${say("a")}  - name: ${name}\n    steps:\n${indented(command("a"), "      ")}`,
    ),
    warns: [
      [
        "phase-never-runs",
        `${say("a")}  - name: Clean-up_1\n    steps:\n${indented(command("a"), "      ")}`,
      ],
    ],
  },
  "12 names of steps": {
    valid: ["Install_Nginx", "a-b", "123"].map((name) => build(command("a", "", name))),
    invalid: ["Go", "Install nginx", "a.b", "x".repeat(129), "über"].map((name) =>
      build(command("a", "", name)),
    ),
  },
  "13 names are unique": {
    valid: [build(command("a", "", "One") + command("a", "", "Two"))],
    invalid: [
      build(command("a", "", "One") + command("a", "", "One")),
      `${say("a")}  - name: build\n    steps:\n${indented(command("a"), "      ")}`,
    ],
  },
  "14 a phase that runs": { valid: [], invalid: [build(command("a"), "", "prepare")] },
  "15 disableLogging": {
    valid: [
      say("a", "disableLogging: true\n"),
      build(command("a", "disableLogging: true\n")),
      say("a").replace("    steps:", "    disableLogging: false\n    steps:"),
    ],
    invalid: [
      say("a", "disableLogging: sometimes\n"),
      build(command("a", 'disableLogging: "true"\n')),
      say("a").replace("    steps:", "    disableLogging: 1\n    steps:"),
      only("ExecuteBash", "inputs:\n  disableLogging: true\n  commands: [a]"),
    ],
  },
  "16 secrets and the log": {
    valid: [build(command("echo {{ aws:ssm:/db/password }}", "disableLogging: true\n"))],
    warns: [
      ["secret-logged", say("echo {{ aws:ssm:/db/password }}")],
      ["secret-logged", say("echo {{ aws:ssm:/aws/reference/secretsmanager/db }}")],
      [
        "secret-logged",
        say("echo {{ aws:ssm:resolve(Name) }}", parameters("Name: {type: string, default: /db/password}")),
      ],
    ],
  },
  "17 context": {
    valid: [
      "executionId",
      "accountId",
      "region",
      "osPlatform",
      "osName",
      "osVersion",
      "date",
      "dateTime",
      "uuid",
      "hostname",
      "phase",
      "step",
    ].map((key) => say(`{{ context:${key} }}`)),
    warns: [
      ["context-key", say("{{ context:instanceId }}")],
      ["context-key", say("{{ context:Region }}")],
    ],
    invalid: [say("{{ context: }}")],
  },
  "18 instance metadata": {
    valid: [
      say("{{ aws:imds:placement/region }}"),
      say("{{ aws:imds:instance-id }}"),
      say("{{aws:imds:iamsafe}}"),
    ],
    invalid: [
      "iam/info",
      "iam/security-credentials/role",
      "iam",
      "/iam/info",
      "identity-credentials/ec2/info",
      "",
    ].map((path) => say(`{{ aws:imds:${path} }}`)),
  },
  "19 resolve()": {
    valid: [
      say("{{ aws:ssm:resolve(ParamName) }}", parameters("ParamName: {type: string}")),
      say("{{ aws:ssm:resolve(aws:ssm:/name) }}"),
      say("{{ aws:ssm:/a/b }} {{ env:ProgramFiles(x86) }} {{ env:PATH }}"),
    ],
    invalid: [
      say("{{ aws:ssm:resolve(NotDeclared) }}"),
      say("{{ aws:ssm:resolve(paramname) }}", parameters("ParamName: {type: string}")),
      say("{{ aws:ssm:resolve() }}"),
      say("{{ aws:ssm:resolve(ParamName }}", parameters("ParamName: {type: string}")),
      say("{{ aws:ssm: }}"),
      say("{{ env: }}"),
    ],
  },
  "20 types of parameters and constants": {
    valid: [
      say("a", parameters("Name: {type: string, default: 8080}")),
      say("a", "constants:\n  - Name: {type: string, value: a}\n"),
    ],
    invalid: [
      say("a", parameters("Name: {type: number}")),
      say("a", parameters("Name: {default: a}")),
      say("a", parameters("My.Name: {type: string}")),
      say("a", parameters("Name: {type: string, default: [a]}")),
      say("a", "constants:\n  - Name: {type: string}\n"),
      say("a", "constants:\n  - Name: {type: integer, value: 1}\n"),
      say("a", parameters("Name: {type: string}", "Name: {type: string}")),
    ],
  },
  "21 quotas of parameters": {
    valid: [say("a", many(25))],
    warns: [
      ["parameter-limits", say("a", many(26))],
      ["parameter-limits", say("a", parameters(`Name: {type: string, default: ${"x".repeat(1025)}}`))],
    ],
  },
  "22 IMAGE_PHASE": {
    valid: [condition("stringEquals: TESTING\nvalue: '{{ env:IMAGE_PHASE }}'")],
    warns: [
      ["image-phase", condition("stringEquals: test\nvalue: '{{ env:IMAGE_PHASE }}'")],
      ["image-phase", say("if [ $IMAGE_PHASE = build ]; then echo a; fi")],
    ],
  },
  "23 conditions": {
    valid: [
      condition("and:\n  - fileExists: /a\n  - binaryExists: b"),
      condition("- stringEquals: a\n  value: b\n  then: Abort"),
      condition("not:\n  not:\n    not:\n      fileExists: /a"),
      condition("not:\n  - fileExists: /a"),
      only("Assert", "inputs:\n  stringEquals: a\n  value: b"),
    ],
    invalid: [
      condition("fileExists: /a\nbinaryExists: b"),
      condition("not:\n  not:\n    not:\n      not:\n        fileExists: /a"),
      condition("stringEquals: a"),
      condition("stringEquals: a\nvalue: b\nthen: Stop"),
      condition("fileSHA1Equals: a\nvalue: /b"),
      condition("and: []"),
      condition("stringMatches: a\nvalue: b"),
      only("Assert", "inputs:\n  fileExists: /a\n  binaryExists: b"),
    ],
    warns: [["condition-number", condition("numberEquals: two\nvalue: 2")]],
  },
  "24 Reboot on Linux": { platform: "Linux", valid: [only("Reboot")] },
  "24 Reboot on macOS": { platform: "macOS", valid: [], invalid: [only("Reboot"), only("UpdateOS")] },
  "25 patterns": {
    valid: [only("CopyFile", "inputs:\n  - source: /a/*.rpm\n    destination: /b/")],
    warns: [
      ["pattern-destination", only("MoveFile", "inputs:\n  - source: /a/*.rpm\n    destination: /b")],
      ["pattern-destination", only("CopyFolder", "inputs:\n  - source: /a/*/b\n    destination: /b/")],
    ],
  },
  "26 properties of an installer": {
    platform: "Windows",
    valid: [msi("TARGETDIR: C:\\x"), only("InstallMSI", "inputs:\n  path: a.msi\n  logOptions: '*VX'")],
    invalid: [
      ...["REBOOT: Force", "REINSTALL: ALL", "REINSTALLMODE: a"].map(msi),
      only("UninstallMSI", "inputs:\n  path: a.msi\n  logOptions: Q"),
      only("InstallMSI", "inputs:\n  path: a.msi\n  reboot: Later"),
    ],
  },
  "27 ExecuteDocument": {
    valid: [
      only("ExecuteDocument", "inputs:\n  document: s3://b/k"),
      only("ExecuteDocument", "timeoutSeconds: -1\nmaxAttempts: 1\ninputs:\n  document: s3://b/k"),
    ],
    invalid: [
      only("ExecuteDocument", "maxAttempts: 3\ninputs:\n  document: s3://b/k"),
      only("ExecuteDocument", "timeoutSeconds: 60\ninputs:\n  document: s3://b/k"),
      only("Reboot", "timeoutSeconds: 60"),
      only("ExecuteDocument", "inputs:\n  document: s3://b/k\n  parameters:\n    Name: a"),
    ],
  },
  "28 skip files": {
    valid: [say("touch skip_cleanup_ssh_files")],
    warns: [["skip-file", say("touch skip_cleanup_ssh_files.txt")]],
  },
  commands: {
    valid: [only("ExecuteBash", "inputs:\n  commands: [a, 1]")],
    invalid: [
      only("ExecuteBash", "inputs:\n  commands: echo a"),
      only("ExecuteBash", "inputs:\n  commands: |\n    echo a"),
      only("ExecuteBash", "inputs:\n  commands: []"),
      only("ExecuteBash", "inputs:\n  commands:\n    - a: b"),
      only("ExecuteBash", "inputs:\n  - commands: [a]"),
      only("ExecuteBash"),
      only("executeBash", "inputs:\n  commands: [a]"),
      only("ExecuteBash", "inputs:\n  commands: [a]\n  shell: zsh"),
    ],
  },
  "times and attempts": {
    valid: [only("UpdateOS", "timeoutSeconds: -1\nmaxAttempts: 3\nonFailure: Ignore")],
    invalid: [
      "timeoutSeconds: 0",
      "timeoutSeconds: -2",
      "timeoutSeconds: '60'",
      "maxAttempts: 0",
      "maxAttempts: 1.5",
      "onFailure: Retry",
      "attempts: 2",
    ].map((line) => only("UpdateOS", line)),
  },
  "values of the registry": {
    platform: "Windows",
    valid: [
      registry("a"),
      registry("1", "DWORD"),
      registry("[a, b]", "MULTI_SZ"),
      registry("[1, 2]", "BINARY"),
    ],
    invalid: [
      registry("{a: b}"),
      registry("a", "TEXT"),
      registry("a").replace("HKLM:", "HKXX:"),
      registry(""),
    ],
  },
  loops: {
    valid: [
      only("UpdateOS", "loop:\n  forEach: [a, b]"),
      only("UpdateOS", "loop:\n  name: turn\n  for: {start: 3, end: 1, updateBy: -1}"),
      only("UpdateOS", "loop:\n  forEach: {list: 'a;b', delimiter: ';'}"),
    ],
    invalid: [
      only("UpdateOS", "loop:\n  name: turn"),
      only("UpdateOS", "loop:\n  for: {start: 1, end: 3, updateBy: -1}"),
      only("UpdateOS", "loop:\n  for: {start: 1, end: 3, updateBy: 0}"),
      only("UpdateOS", "loop:\n  for: {start: 1, end: 3}"),
      only("UpdateOS", "loop:\n  forEach: []"),
      only("UpdateOS", "loop:\n  forEach: {list: 'a|b', delimiter: '|'}"),
      only("UpdateOS", "loop:\n  forEach: a,b"),
      only("UpdateOS", "loop:\n  forEach: [a]\n  for: {start: 1, end: 3, updateBy: 1}"),
    ],
  },
  "braces of other tools": {
    valid: [say("docker ps --format '{{.Names}}' {{ .State.Status }}")],
    warns: [
      ["unknown-variable", say("ansible -a 'msg={{ ansible_os_family }}'")],
      ["reference-unknown", say("{{ build.Nobody.outputs.stdout }}")],
      ["loop-reference", say("{{ loop.index }}")],
    ],
  },
};
