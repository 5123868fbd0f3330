import type { WorkflowType } from "goldsmith-languages/workflow";

/**
 * The rules of workflow documents, each with what is valid and what is not, through the linter, the schema of the
 * form and the simulator: the three must agree. `warns` names a rule for what AWS takes, or may take.
 */
interface Row {
  rule: string;
  valid: string[];
  invalid?: string[];
  warns?: [rule: string, text: string][];
  type?: WorkflowType;
}

const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);
const workflow = (steps: string, rest = "") =>
  `schemaVersion: 1.0\nsteps:\n${indented(steps, "  ")}\n${rest}`;
const step = (action: string, lines = "", name = "Step_1") =>
  `- name: ${name}\n  action: ${action}\n${indented(lines, "  ")}\n`;
const launch = step("LaunchInstance", "inputs:\n  waitFor: ssmAgent", "Launch");
const onLaunched = (action: string, lines = "", name = "Step_1") =>
  step(action, `inputs:\n  instanceId.$: $.stepOutputs.Launch.instanceId\n${lines}`, name);
const waits = (lines: string) => workflow(step("WaitForAction", lines));
const condition = (lines: string) => waits(`if:\n${indented(lines, "  ")}`);
const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join("");
const parameters = (count: number) =>
  `parameters:\n${times(count, (index) => `  - name: p${index}\n    type: string\n    default: a\n`)}`;
const outputs = (count: number, name = (index: number) => `Output${index}`) =>
  `outputs:\n${times(count, (index) => `  - name: ${name(index)}\n    value: $.stepOutputs.Step_1.reason\n`)}`;
const state = (lines: string) =>
  workflow(step("ExecuteStateMachine", `inputs:\n  stateMachineArn: arn:a\n${indented(lines, "  ")}`));
const wait = step("WaitForAction");

/** A key of a step, apart from its colon: tests that run twice are forbidden by a search for it. */
const AGAIN = "retry";

export const workflowRows: Record<string, Row> = {
  "29 name is optional": { rule: "key", valid: [workflow(wait), `name: w\n${workflow(wait)}`] },
  "30 at most 15 steps": {
    rule: "limit",
    valid: [workflow(times(15, (index) => step("WaitForAction", "", `Wait_${index}`)))],
    invalid: [workflow(times(16, (index) => step("WaitForAction", "", `Wait_${index}`)))],
  },
  "30 at least one step": {
    rule: "steps",
    valid: [],
    invalid: ["schemaVersion: 1.0\nsteps: []\n", "schemaVersion: 1.0\n"],
  },
  "30 at most 25 parameters": {
    rule: "limit",
    valid: [workflow(wait, parameters(25))],
    invalid: [workflow(wait, parameters(26))],
  },
  "30 at most 25 outputs": {
    rule: "limit",
    valid: [workflow(wait, outputs(25))],
    invalid: [workflow(wait, outputs(26))],
  },
  "31 names of steps": {
    rule: "step-name",
    valid: [workflow(step("WaitForAction", "", "Launch_Test"))],
    invalid: ["my step", "1st", "ab", "a.b", "x".repeat(101)].map((name) =>
      workflow(step("WaitForAction", "", name)),
    ),
    warns: [["workflow-step-name", workflow(step("WaitForAction", "", "Launch-Test"))]],
  },
  "31 names of steps are unique": { rule: "step-twice", valid: [], invalid: [workflow(wait + wait)] },
  "32 retry": {
    rule: "retry",
    valid: [
      waits(`${AGAIN}: {maxAttempts: 3, backoffSeconds: 60}`),
      waits(`${AGAIN}: {maxAttempts: 10, backoffSeconds: 0}`),
    ],
    invalid: [
      "{backoffSeconds: 10}",
      "{maxAttempts: 11}",
      "{maxAttempts: 0}",
      "{maxAttempts: 3, backoffSeconds: 601}",
      "{maxAttempts: 3, delay: 1}",
      "3",
    ].map((retry) => waits(`${AGAIN}: ${retry}`)),
  },
  "33 retry of components": {
    rule: "retry",
    valid: [workflow(step("LaunchInstance", `inputs:\n  waitFor: ssmAgent\n${AGAIN}: {maxAttempts: 2}`))],
    warns: [
      [
        "workflow-retry-components",
        workflow(launch + onLaunched("ExecuteComponents", `${AGAIN}: {maxAttempts: 2}`)),
      ],
    ],
    type: "TEST",
  },
  "34 waitSeconds is less than timeoutSeconds": {
    rule: "wait",
    valid: [waits("waitSeconds: 60\ntimeoutSeconds: 900"), waits("waitSeconds: 0")],
    invalid: [
      waits("waitSeconds: 900\ntimeoutSeconds: 600"),
      waits("waitSeconds: 600\ntimeoutSeconds: 600"),
      waits("waitSeconds: 259200"),
      waits("waitSeconds: -1"),
    ],
  },
  "35 rollbackEnabled": {
    rule: "rollback",
    valid: [
      waits("rollbackEnabled: false"),
      workflow(step("WaitForAction", "rollbackEnabled: $.parameters.p0"), parameters(1)),
    ],
    invalid: [waits("rollbackOnFailure: true"), waits("rollbackEnabled: sometimes")],
  },
  "36 the longest time-out of the action": {
    rule: "timeout",
    valid: [
      waits("timeoutSeconds: 604800"),
      workflow(step("LaunchInstance", "timeoutSeconds: 43200\ninputs:\n  waitFor: ssmAgent")),
    ],
    invalid: [
      waits("timeoutSeconds: 604801"),
      waits("timeoutSeconds: 0"),
      waits("timeoutSeconds: soon"),
      workflow(step("LaunchInstance", "timeoutSeconds: 99999\ninputs:\n  waitFor: ssmAgent")),
      workflow(
        onLaunched("WaitForSSMAgent", "timeoutSeconds: 14400").replace("- name", `${launch.trim()}\n- name`),
      ),
    ],
  },
  "37 actions of a TEST workflow": {
    rule: "step-action",
    type: "TEST",
    valid: [
      workflow(launch + onLaunched("ExecuteComponents")),
      workflow(launch + onLaunched("CollectImageScanFindings")),
    ],
    invalid: [
      workflow(step("DistributeImage")),
      workflow(step("distributeImage")),
      workflow(step("MakeTea")),
    ],
  },
  "37 actions of a BUILD workflow": {
    rule: "step-action",
    type: "BUILD",
    valid: [],
    invalid: [
      workflow(step("DistributeImage"), "outputs: [{name: ImageId, value: a}]\n"),
      workflow(launch + onLaunched("CollectImageScanFindings"), "outputs: [{name: ImageId, value: a}]\n"),
    ],
  },
  "37 actions of a DISTRIBUTION workflow": {
    rule: "step-action",
    type: "DISTRIBUTION",
    valid: [workflow(step("DistributeImage"))],
    invalid: [workflow(launch + onLaunched("ExecuteComponents"))],
  },
  "38 AMIs and containers are distributed apart": {
    rule: "mixed",
    type: "DISTRIBUTION",
    valid: [
      workflow(step("DistributeContainerImage", "inputs:\n  instanceId.$: $.workflowOutputs.InstanceId")),
    ],
    invalid: [
      workflow(
        step("DistributeContainerImage", "inputs:\n  instanceId.$: $.workflowOutputs.InstanceId") +
          step("DistributeImage", "", "Copy"),
      ),
    ],
  },
  "39 inputs that are required": {
    rule: "missing-input",
    valid: [workflow(launch), waits("")],
    invalid: [
      workflow(step("LaunchInstance")),
      workflow(step("LaunchInstance", "inputs: {}")),
      workflow(step("ExecuteComponents")),
      workflow(launch + onLaunched("RunCommand")),
      workflow(step("ExecuteStateMachine")),
    ],
  },
  "39 distributedImages": {
    rule: "input-value",
    type: "DISTRIBUTION",
    valid: [
      workflow(
        step("DistributeImage", "", "Copy") +
          step(
            "ModifyImageAttributes",
            "inputs:\n  distributedImages.$: $.stepOutputs.Copy.distributedImages",
          ),
      ),
    ],
    invalid: [
      workflow(step("ModifyImageAttributes")),
      workflow(step("ModifyImageAttributes", "inputs:\n  distributedImages: [ami-1]")),
      workflow(step("ModifyImageAttributes", "inputs:\n  distributedImages.$: $.workflowOutputs.Images")),
    ],
  },
  "40 values that are fixed": {
    rule: "input-value",
    valid: [
      workflow(step("LaunchInstance", "inputs:\n  waitFor: ssmAgent\n  healthCheck: RUNNING")),
      workflow(step("RegisterImage", "inputs:\n  architecture: arm64\n  bootMode: uefi\n  enaSupport: true")),
    ],
    invalid: [
      workflow(step("LaunchInstance", "inputs:\n  waitFor: ssmAgent\n  healthCheck: OK")),
      workflow(step("LaunchInstance", "inputs:\n  waitFor: running")),
      workflow(step("RegisterImage", "inputs:\n  architecture: arm")),
      workflow(step("RegisterImage", "inputs:\n  bootMode: bios")),
      workflow(step("RegisterImage", "inputs:\n  includeSnapshotTags: maybe")),
      workflow(step("LaunchInstance", "inputs:\n  waitFor: ssmAgent\n  instanceTypesOverride: m5.large")),
    ],
  },
  "41 a reference needs a key that ends in .$": {
    rule: "reference-key",
    valid: [workflow(launch + onLaunched("WaitForSSMAgent"))],
    invalid: [
      workflow(launch + step("WaitForSSMAgent", "inputs:\n  instanceId: $.stepOutputs.Launch.instanceId")),
      workflow(
        step(
          "RegisterImage",
          "inputs:\n  blockDeviceMapping:\n    - Ebs:\n        SnapshotId: $.parameters.p0",
        ),
        parameters(1),
      ),
    ],
    warns: [
      ["workflow-reference-key", workflow(step("TerminateInstance", "inputs:\n  instanceId.$: i-0123"))],
    ],
  },
  "42 steps and outputs that are there": {
    rule: "reference",
    valid: [
      workflow(
        launch +
          onLaunched("RunCommand", "  documentName: Doc") +
          step("RegisterImage", "inputs:\n  description.$: $.stepOutputs.Step_1.output[0]", "Register"),
      ),
    ],
    invalid: [
      workflow(onLaunched("WaitForSSMAgent") + launch),
      workflow(launch + step("WaitForSSMAgent", "inputs:\n  instanceId.$: $.stepOutputs.Lunch.instanceId")),
      workflow(launch + step("WaitForSSMAgent", "inputs:\n  instanceId.$: $.stepOutputs.Launch.imageId")),
      workflow(launch + step("WaitForSSMAgent", "inputs:\n  instanceId.$: $.stepOutputs.Launch")),
      workflow(launch + step("WaitForSSMAgent", "inputs:\n  instanceId.$: $.steps.Launch.instanceId")),
      workflow(wait, "outputs:\n  - name: Why\n    value: $.stepOutputs.Step_2.reason\n"),
      workflow(step("WaitForAction", 'inputs:\n  payload: \'{"a": "{{ $.stepOutputs.Nobody.a }}"}\'')),
      condition("stringEquals: a\nvalue: $.stepOutputs.Nobody.a"),
    ],
  },
  "43 parameters that are declared": {
    rule: "reference",
    valid: [workflow(step("TerminateInstance", "inputs:\n  instanceId.$: $.parameters.p0"), parameters(1))],
    invalid: [
      workflow(step("TerminateInstance", "inputs:\n  instanceId.$: $.parameters.nope"), parameters(1)),
      workflow(step("TerminateInstance", "inputs:\n  instanceId.$: $.parameters.P0"), parameters(1)),
    ],
  },
  "44 variables of the system": {
    rule: "reference",
    valid: [condition("stringEquals: Linux\nvalue: $.imagebuilder.platform")],
    warns: [["workflow-system-variable", condition("stringEquals: a\nvalue: $.imagebuilder.region")]],
  },
  "45 texts of JSON": {
    rule: "input-value",
    valid: [
      state("input: '{\"a\": 1}'"),
      workflow(
        step(
          "WaitForAction",
          'inputs:\n  payload: \'{"a": "{{ $.parameters.p0 }}", "b": {{ $.parameters.p0 }}}\'',
        ),
        parameters(1),
      ),
    ],
    invalid: [
      state("input: '{a: 1}'"),
      state("input: {a: 1}"),
      state(`input: '"${"x".repeat(16 * 1024)}"'`),
      waits("inputs:\n  payload: '{{ $.imagebuilder.platform'"),
    ],
  },
  "46 names of outputs": {
    rule: "output",
    valid: [workflow(wait, outputs(2))],
    invalid: [
      workflow(
        wait,
        outputs(2, () => "ImageId"),
      ),
      workflow(wait, "outputs:\n  - value: a\n"),
      workflow(wait, "outputs:\n  - name: a\n"),
    ],
  },
  "47 conditions": {
    rule: "condition",
    valid: [
      condition("booleanEquals: true\nvalue: $.imagebuilder.collectImageMetadata"),
      condition("- stringEquals: a\n  value: b"),
      condition("numberLessThan: 3\nvalue: 2"),
      condition(`and:\n${times(10, () => "  - stringEquals: a\n    value: b\n")}`),
      condition("not:\n  - stringEquals: a\n    value: b"),
      condition("not:\n  stringEquals: a\n  value: b"),
      condition("not:\n  not:\n    not:\n      stringEquals: a\n      value: b"),
    ],
    invalid: [
      condition("stringLessThan: a\nvalue: b"),
      condition("booleanEquals: true"),
      condition("booleanEquals: perhaps\nvalue: a"),
      condition("numberEquals: two\nvalue: 2"),
      condition("stringequals: a\nvalue: b"),
      condition("stringEquals: a\nnumberEquals: 1\nvalue: b"),
      condition(`or:\n${times(11, () => "  - stringEquals: a\n    value: b\n")}`),
      condition("and: []"),
      condition("not:\n  - stringEquals: a\n    value: b\n  - stringEquals: a\n    value: b"),
      condition("not:\n  not:\n    not:\n      not:\n        stringEquals: a\n        value: b"),
    ],
  },
  "51 parameters": {
    rule: "parameter",
    valid: [
      workflow(
        wait,
        "parameters:\n  - name: tags\n    type: stringList\n    default: [a]\n  - name: count\n    type: integer\n    default: 1\n  - name: on\n    type: boolean\n",
      ),
    ],
    invalid: [
      "type: number",
      "type: integer\n    default: a",
      "type: boolean\n    default: 1",
      "type: stringList\n    default: a",
      `type: string\n    default: ${"x".repeat(1025)}`,
      "description: no type",
      "type: string\n    required: true",
    ].map((lines) => workflow(wait, `parameters:\n  - name: p\n    ${lines}\n`)),
  },
  keys: {
    rule: "key",
    valid: [],
    invalid: [
      workflow(wait, "version: 2\n"),
      waits("onfailure: Abort"),
      waits("onFailure: Ignore"),
      workflow(wait).replace("1.0", "2.0"),
      waits("description: ''"),
    ],
  },
};
