/** What one message of a build log says. `output` and `unknown` change nothing in the tree. */
export type LogLineMeaning =
  | { kind: "stage"; state: string }
  | { kind: "workflow"; type: string; arn: string }
  | { kind: "before-workflow-step"; name: string }
  | { kind: "workflow-step"; name: string; action: string }
  | { kind: "workflow-step-failed"; name: string }
  | { kind: "command-failed" }
  | { kind: "poll"; what: string }
  | { kind: "document"; name: string }
  | { kind: "phase"; name: string }
  | { kind: "step"; name: string }
  | { kind: "module-ended" }
  | { kind: "nested-began" }
  | { kind: "nested-ended" }
  | { kind: "stderr"; text: string }
  | { kind: "exit-code"; code: number }
  | { kind: "failure-field"; field: FailureField; value: string }
  | { kind: "rebooting" }
  | { kind: "run-ended"; succeeded: boolean }
  | { kind: "output" }
  | { kind: "unknown" };

export type FailureField =
  | "Document"
  | "ComponentArn"
  | "Phase"
  | "Step"
  | "Action"
  | "ErrorMessage"
  | "Stderr";

const UNKNOWN: LogLineMeaning = { kind: "unknown" };
const OUTPUT: LogLineMeaning = { kind: "output" };

type Rule = [pattern: RegExp, read: (groups: string[]) => LogLineMeaning];

/** Rules by the first character of the message: most lines of a long log match none, and are told so quickly. */
const RULES: Record<string, Rule[]> = {
  " ": [
    [
      /^ {2}(Document|ComponentArn|Phase|Step|Action|ErrorMessage|Stderr):(?: (.*))?$/s,
      ([field, value]) => ({ kind: "failure-field", field: field as FailureField, value: value ?? "" }),
    ],
  ],
  A: [
    [
      /^Action failed for step (\S+)\. Failing step/,
      ([name]) => ({ kind: "workflow-step-failed", name: name ?? "" }),
    ],
  ],
  C: [
    [/^CmdExecution: Stderr:(?: (.*))?$/s, ([text]) => ({ kind: "stderr", text: text ?? "" })],
    [/^CmdExecution: ExitCode (-?\d+)$/, ([code]) => ({ kind: "exit-code", code: Number(code) })],
    [/^CmdExecution: /, () => OUTPUT],
    [/^Command failed \(command id: /, () => ({ kind: "command-failed" })],
    [/^Command execution completed|^Calling ssm:|^Collected \d+ packages/, () => OUTPUT],
  ],
  D: [[/^Document (arn:\S+|\S.*\.ya?ml)$/i, ([name]) => ({ kind: "document", name: name ?? "" })]],
  E: [
    [/^ExitCode (-?\d+)$/, ([code]) => ({ kind: "exit-code", code: Number(code) })],
    [/^Executor: System has rebooted/, () => ({ kind: "rebooting" })],
    [/^Executor: /, () => OUTPUT],
  ],
  G: [[/^Getting reboot signal/, () => ({ kind: "rebooting" })]],
  I: [[/^Image transitioned to (\S+) state\b/, ([state]) => ({ kind: "stage", state: state ?? "" })]],
  L: [[/^Launch(ing|ed) instance\b/, () => OUTPUT]],
  N: [
    [
      /^No 'if' conditions to evaluate for step: (\S+)/,
      ([name]) => ({ kind: "before-workflow-step", name: name ?? "" }),
    ],
  ],
  // What AWSTOE takes as a phase's name: https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
  P: [[/^Phase ([A-Za-z0-9_-]{3,128})$/, ([name]) => ({ kind: "phase", name: name ?? "" })]],
  R: [
    [/^(Rebooting the system now|Recovery completed for detailed output)/, () => ({ kind: "rebooting" })],
    [/^Resolved Image Recipe |^Running command \(command id: /, () => OUTPUT],
  ],
  S: [
    [/^Stdout:/, () => OUTPUT],
    [/^Step (\S+)$/, ([name]) => ({ kind: "step", name: name ?? "" })],
    [/^Stderr:(?: (.*))?$/s, ([text]) => ({ kind: "stderr", text: text ?? "" })],
    [
      /^Started step (\S+) with action (\S+)/,
      ([name, action]) => ({ kind: "workflow-step", name: name ?? "", action: action ?? "" }),
    ],
    [
      /^Started ([A-Z]+) workflow (\S+)/,
      ([type, arn]) => ({ kind: "workflow", type: type ?? "", arn: arn ?? "" }),
    ],
    [/^Setup: |^Sending command to instance/, () => OUTPUT],
  ],
  T: [
    [
      /^TOE has completed execution (successfully|with failure)/,
      ([how]) => ({ kind: "run-ended", succeeded: how === "successfully" }),
    ],
    [/^Total \d+ steps to run |^Terminat(ing|ed) instance\b/, () => OUTPUT],
  ],
  W: [[/^(Waiting for .*)\. Attempt number: \d+\.$/, ([what]) => ({ kind: "poll", what: what ?? "" })]],
};

/** Action modules of AWSTOE: a line that begins with one is AWSTOE's own. */
const MODULE =
  /^(Execute(?:Bash|Binary|Document|PowerShell)|Assert|Reboot|UpdateOS|SetRegistry|InstallMSI|UninstallMSI|(?:Create|Copy|Move|Append|Delete|Read|List|Set)(?:File|Folder|Symlink)\w*|S3(?:Download|Upload)|WebDownload|CLI run|Chaining|Utils)(?: \(\w+\))?: (.*)/;

/** Reads a message, envelope off. Anything that is not surely AWS's own is `unknown`. */
export function readLogLine(message: string): LogLineMeaning {
  const first = message.charAt(0);
  for (const [pattern, read] of RULES[first] ?? []) {
    const match = pattern.exec(message);
    if (match) return read(match.slice(1));
  }
  if (first < "A" || first > "W") return UNKNOWN;
  const module = MODULE.exec(message);
  if (!module) return UNKNOWN;
  const [, action, said] = module;
  if (action === "ExecuteDocument" && said === "STARTED EXECUTION") return { kind: "nested-began" };
  if (said !== "FINISHED EXECUTION") return OUTPUT;
  return { kind: action === "ExecuteDocument" ? "nested-ended" : "module-ended" };
}
