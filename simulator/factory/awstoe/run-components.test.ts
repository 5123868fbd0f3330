import { describe, expect, it } from "vitest";
import { bashDocument } from "../build-fixture";
import { ARN, runDocument, stdoutOf } from "./run-fixture";

const bash = (commands: string, more = "") => runDocument(bashDocument(commands, "Work", "build", more));
const steps = (text: string, head = "") =>
  `schemaVersion: 1.0\n${head}phases:\n  - name: build\n    steps:\n${text}`;
const step = (name: string, commands: string, more = "") =>
  `      - name: ${name}\n        action: ExecuteBash\n${more}        inputs:\n          commands:\n            - ${JSON.stringify(commands)}\n`;

describe("the log of a component", () => {
  it("has the lines of a whole ExecuteBash step in AWSTOE's order", () => {
    const { messages } = bash('echo "Hello World from the build phase."');
    expect(
      messages.map((message) =>
        message.replaceAll(/AWSTOE\d+/g, "AWSTOE#").replaceAll(/script-\d+/g, "script-#"),
      ),
    ).toEqual([
      `Document ${ARN}`,
      "Phase build",
      "Step Work",
      "ExecuteBash: STARTED EXECUTION",
      "ExecuteBash: Created temporary directory: /tmp/AWSTOE#",
      "ExecuteBash: Created temporary script file at: /tmp/AWSTOE#/script-#.sh",
      "CmdExecution: Preparing object for command bash with arguments [/tmp/AWSTOE#/script-#.sh]",
      "CmdExecution: Starting execution of command with arguments [bash /tmp/AWSTOE#/script-#.sh]",
      "Stdout: Hello World from the build phase.",
      "CmdExecution: Terminating read operation on STDOUT pipe - EOF",
      "CmdExecution: Command execution has been completed",
      "CmdExecution: Command execution was completed successfully",
      "CmdExecution: Stderr: ",
      "CmdExecution: ExitCode 0",
      "ExecuteBash: Removing temporary directory: /tmp/AWSTOE#",
      "ExecuteBash: Successfully removed temporary directory: /tmp/AWSTOE#",
      "ExecuteBash: FINISHED EXECUTION",
      "Executor: FINISHED EXECUTION OF ALL DOCUMENTS",
      "TOE has completed execution successfully",
    ]);
  });

  it("puts the first line of stderr behind its prefix and the others without any", () => {
    const { messages } = bash("echo one >&2\necho two >&2");
    const at = messages.indexOf("CmdExecution: Stderr: one");
    expect(messages.slice(at, at + 3)).toEqual([
      "CmdExecution: Stderr: one",
      "two",
      "CmdExecution: ExitCode 0",
    ]);
  });

  it("ends a failed run with the block that names the step", () => {
    const { messages, failure } = bash("echo broken >&2\nexit 3");
    expect(messages.slice(-8)).toEqual([
      `  Document: ${ARN}`,
      `  ComponentArn: ${ARN}`,
      "  Phase: build",
      "  Step: Work",
      "  Action: ExecuteBash",
      "  ErrorMessage: exit status 3",
      "  Stderr: broken",
      "TOE has completed execution with failure - Execution failed!",
    ]);
    expect(failure).toMatchObject({ stepName: "Work", errorMessage: "exit status 3" });
  });

  it("has no Phase line for a document without the running phase", () => {
    const { messages } = runDocument(bashDocument("echo hi"), { phases: ["test"] });
    expect(messages.slice(0, 2)).toEqual([
      `Document ${ARN}`,
      "Executor: FINISHED EXECUTION OF ALL DOCUMENTS",
    ]);
  });

  it.each([
    ["exit 194", "ExitCode 194"],
    ["reboot outside the protocol", ""],
  ])("shows %s", (kind, line) => {
    if (line === "") {
      const lost = bash("echo down\nreboot");
      expect(lost.lost).toBe(true);
      expect(lost.messages.at(-1)).toBe("Stdout: down");
      return;
    }
    const { messages, failure } = bash(
      "if [ ! -f /var/lib/mark ]; then touch /var/lib/mark; exit 194; fi\necho back",
    );
    const at = messages.indexOf("Rebooting the system now");
    expect(kind).toBe("exit 194");
    expect(messages.slice(at + 1, at + 6)).toEqual([
      "Recovery completed for detailed output.",
      `Document ${ARN}`,
      "Phase build",
      "Executor: System has rebooted successfully",
      "Step Work",
    ]);
    expect(stdoutOf(messages)).toEqual(["back"]);
    expect(failure).toBeUndefined();
  });

  it("gives a step up that asks for a restart again and again", () => {
    expect(bash("exit 194").lost).toBe(true);
  });
});

describe("AWSTOE's rules", () => {
  it("fills parameters, constants and earlier outputs into inputs, and leaves unknown references as written", () => {
    const head =
      "parameters:\n  - Who: {type: string, default: world}\nconstants:\n  - Word: {type: string, value: Hello}\n";
    const text = steps(
      step("First", "echo {{ Word }} {{ Who }}") +
        step("Second", "echo '{{ build.First.outputs.stdout }}! {{ Nobody }}'"),
      head,
    );
    expect(stdoutOf(runDocument(text).messages)).toEqual(["Hello world", "Hello world! {{ Nobody }}"]);
    expect(stdoutOf(runDocument(text, { parameters: { Who: "you" } }).messages)[0]).toBe("Hello you");
  });

  it("goes through loops and joins their outputs", () => {
    const forEach = step(
      "Loop",
      "echo {{ loop.index }}={{ loop.value }}",
      '        loop:\n          forEach:\n            list: "a;b"\n            delimiter: ";"\n',
    );
    const count = step(
      "Count",
      "echo {{ n.value }}",
      "        loop:\n          name: n\n          for:\n            start: 4\n            end: 0\n            updateBy: -2\n",
    );
    const joined = step("Joined", "echo '{{ build.Loop.outputs.stdout }}' | wc -l");
    expect(stdoutOf(runDocument(steps(forEach + count + joined)).messages)).toEqual([
      "0=a",
      "1=b",
      "4",
      "2",
      "0",
      "2",
    ]);
  });

  it("obeys conditions: skip, execute, abort", () => {
    const when = (value: string, more = "") =>
      `        if:\n          stringEquals: yes please\n          value: ${value}\n${more}`;
    const text = steps(
      step("Skipped", "echo no", when("no")) +
        step("Run", "echo yes", when("yes please")) +
        step("Stop", "echo never", when("no", "          else: Abort\n")),
    );
    const { messages, failure } = runDocument(text);
    expect(stdoutOf(messages)).toEqual(["yes"]);
    expect(failure).toMatchObject({ stepName: "Stop" });
  });

  it("tells onFailure Abort, Continue and Ignore apart", () => {
    const text = (onFailure: string) =>
      steps(step("Bad", "false", `        onFailure: ${onFailure}\n`) + step("Next", "echo next"));
    const runs = ["Abort", "Continue", "Ignore"].map((onFailure) => runDocument(text(onFailure)));
    expect(runs.map((run) => stdoutOf(run.messages))).toEqual([[], ["next"], ["next"]]);
    expect(runs.map((run) => run.failure !== undefined)).toEqual([true, true, false]);
    expect(runs[2]?.steps).toMatchObject({ ignored: 1 });
  });

  it("tries again up to maxAttempts", () => {
    const once = "if [ -f /tmp/tried ]; then exit 0; fi\ntouch /tmp/tried; exit 1";
    expect(bash(once).failure).toBeDefined();
    expect(bash(once, "        maxAttempts: 2\n").failure).toBeUndefined();
  });

  it("stops a step at its timeout", () => {
    const { failure, endMs } = bash("echo start\nsleep 600\necho end", "        timeoutSeconds: 60\n");
    expect(failure?.errorMessage).toBe("Step Work timed out after 60 seconds");
    expect(endMs).toBeLessThan(61_000);
  });

  it("does not run the documents after a failed one", () => {
    const run = (document: string) => ({ arn: `${ARN}-${document.length}`, document });
    const { messages } = runDocument("", {
      components: [run(bashDocument("exit 1")), run(bashDocument("echo second"))],
    });
    expect(stdoutOf(messages)).toEqual([]);
  });

  it.each([
    ["WebDownload", "source: https://files.invalid/a\n            destination: /tmp/a", /no such host/],
    [
      "WebDownload",
      "source: https://example.com/404/a\n            destination: /tmp/a",
      /unexpected status code 404/,
    ],
    [
      "S3Download",
      "source: s3://no-such-bucket/a\n            destination: /tmp/a",
      /AccessDenied: Access Denied/,
    ],
    ["S3Download", "source: s3://bucket/missing\n            destination: /tmp/a", /NoSuchKey/],
    ["CopyFile", "source: /tmp/missing\n            destination: /tmp/a", /no such file or directory/],
  ])("fails %s for its sentinel", (action, inputs, error) => {
    const { failure } = runDocument(
      steps(`      - name: Get\n        action: ${action}\n        inputs:\n          - ${inputs}\n`),
    );
    expect(failure?.errorMessage).toMatch(error);
  });

  it("refuses to overwrite where a step says so", () => {
    const create =
      "      - name: Make\n        action: CreateFile\n        inputs:\n          - path: /tmp/a\n            content: x\n          - path: /tmp/a\n            overwrite: false\n";
    expect(runDocument(steps(create)).failure?.errorMessage).toBe(
      'File already exists and "overwrite" property for "/tmp/a" is set to false',
    );
  });

  it("installs Windows updates, restarts once and finds none left", () => {
    const { messages } = runDocument(steps("      - name: Update\n        action: UpdateOS\n"), {
      platform: "Windows",
    });
    expect(messages.filter((message) => message === "Rebooting the system now")).toHaveLength(1);
    expect(messages).toContain("Stdout: Updates to process: 0");
  });

  it("lets an Assert fail the step", () => {
    const assert = (operand: string) =>
      steps(
        `      - name: Check\n        action: Assert\n        inputs:\n          numberLessThan: ${operand}\n          value: 1\n`,
      );
    expect(runDocument(assert("2")).failure).toBeUndefined();
    expect(runDocument(assert("1")).failure).toMatchObject({ action: "Assert" });
  });
});

describe("ExecuteDocument", () => {
  const outer = (inputs: string, before = "") => `schemaVersion: 1.0
phases:
  - name: build
    steps:
${before}      - name: Nest
        action: ExecuteDocument
        inputs:
${inputs}`;
  const INNER = `schemaVersion: 1.0
parameters:
  - Colour:
      type: string
phases:
  - name: build
    steps:
      - name: Paint
        action: ExecuteBash
        inputs:
          commands:
            - echo painted {{ Colour }}
            - echo {{ Colour }} > /tmp/colour
  - name: test
    steps:
      - name: Look
        action: ExecuteBash
        inputs:
          commands:
            - cat /tmp/colour
            - exit 3
`;
  const NESTED = "arn:aws:imagebuilder:us-east-1:111111111111:component/paint/1.0.0";
  const withColour = `          document: ${NESTED}
          phases: build
          parameters:
            - name: Colour
              value: red
`;

  it("runs the phases it names of the document, with its parameters, on the same machine", () => {
    const { messages, failure, files } = runDocument(outer(withColour), { documents: { [NESTED]: INNER } });
    expect(failure).toBeUndefined();
    expect(messages).toContain(`Document ${NESTED}`);
    expect(messages).toContain("Step Paint");
    expect(stdoutOf(messages)).toEqual(["painted red"]);
    expect(files.get("/tmp/colour")).toBe("red\n");
  });

  it("fails as a step of the outer document when a nested step fails", () => {
    const { failure } = runDocument(outer(withColour.replace("          phases: build\n", "")), {
      documents: { [NESTED]: INNER },
    });
    expect(failure).toMatchObject({ componentArn: ARN, stepName: "Nest", action: "ExecuteDocument" });
    expect(failure?.errorMessage).toContain(`Document ${NESTED} failed! Step Look:`);
  });

  it("runs a file that an earlier step wrote", () => {
    const write = `      - name: Write
        action: CreateFile
        inputs:
          - path: /tmp/inner.yml
            content: |
${INNER.replaceAll(/^(?=.)/gm, "              ")}`;
    const local = withColour.replace(NESTED, "/tmp/inner.yml");
    const { messages } = runDocument(outer(local, write));
    expect(stdoutOf(messages)).toContain("painted red");
  });

  it.each([
    ["that does not exist", { [NESTED]: null }, withColour, "does not exist"],
    ["that is not valid", { [NESTED]: "schemaVersion: 1.0\n" }, withColour, "is not valid"],
    [
      "whose parameter it does not give",
      { [NESTED]: INNER },
      `          document: ${NESTED}\n`,
      "requires a value for the parameter Colour",
    ],
    [
      "that executes itself",
      { [NESTED]: outer(`          document: ${NESTED}\n`) },
      `          document: ${NESTED}\n`,
      "executes itself",
    ],
    [
      "nested deeper than three",
      Object.fromEntries(
        [0, 1, 2, 3].map((level) => [
          level === 0 ? NESTED : `s3://b/${level}`,
          outer(`          document: s3://b/${level + 1}\n`),
        ]),
      ),
      `          document: ${NESTED}\n`,
      "3 deep at most",
    ],
  ])("refuses a document %s", (_what, documents, inputs, words) => {
    const { failure } = runDocument(outer(inputs), { documents });
    expect(failure?.errorMessage).toContain(words);
  });
});
