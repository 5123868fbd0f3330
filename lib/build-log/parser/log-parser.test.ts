import { describe, expect, it } from "vitest";
import { corpusFiles, hasCorpus, readCorpus } from "@/lib/testing/corpus";
import { parseLog } from "./log-parser";
import { EnvelopeReader, messageIn } from "./strip-envelope";
import type { LogTree } from "./types";

/** The tree as text: one line a node, with the lines it has from 1. */
function draw({ nodes }: LogTree): string[] {
  const depth = (id: number | undefined): number => (id === undefined ? -1 : depth(nodes[id]?.parent) + 1);
  return nodes.map(({ id, name, outcome, exitCode, firstLine, lastLine, reboots }) =>
    [
      `${"  ".repeat(depth(id))}${name.replace(/^arn:.*:/, "")} ${outcome}`,
      ...(exitCode === undefined ? [] : [`exit ${exitCode}`]),
      ...(reboots === 0 ? [] : [`${reboots} restart`]),
      `${firstLine + 1}-${lastLine + 1}`,
    ].join(", "),
  );
}

const COMPONENT = "arn:aws:imagebuilder:us-east-1:111111111111:component/web/1.0.0/1";
const step = (name: string, code = 0, ...output: string[]) => [
  `Step ${name}`,
  "ExecuteBash: STARTED EXECUTION",
  ...output.map((text) => `Stdout: ${text}`),
  "CmdExecution: Stderr: ",
  `CmdExecution: ExitCode ${code}`,
  "ExecuteBash: FINISHED EXECUTION",
];
type Lines = (string | Lines)[];
const parse = (...lines: Lines) => parseLog((lines.flat(3) as string[]).join("\n"));

describe("the tree of a log", () => {
  it("has stages, workflows, their steps, documents, phases and steps, each with its lines", () => {
    const tree = parse(
      "Image transitioned to BUILDING state for Image ARN: arn:x",
      "Started BUILD workflow arn:aws:imagebuilder:us-east-1:813215560771:workflow/build/build-image/1.0.3/1",
      "Started step LaunchBuildInstance with action LaunchInstance",
      "Launching instance",
      "No 'if' conditions to evaluate for step: ApplyBuildComponents",
      "Started step ApplyBuildComponents with action ExecuteComponents",
      [`Document ${COMPONENT}`, "Phase build", step("One"), step("Two"), "Phase validate", step("Three")],
      "TOE has completed execution successfully",
      "Image transitioned to TESTING state for Image ARN: arn:x",
      "a line that nobody knows",
      "Image transitioned to AVAILABLE state for Image ARN: arn:x",
    );
    expect(draw(tree)).toEqual([
      "BUILDING succeeded, 1-25",
      "  workflow/build/build-image/1.0.3/1 succeeded, 2-25",
      "    LaunchBuildInstance succeeded, 3-4",
      "    ApplyBuildComponents succeeded, 6-25",
      "      component/web/1.0.0/1 succeeded, 7-24",
      "        build succeeded, 8-18",
      "          One succeeded, exit 0, 9-13",
      "          Two succeeded, exit 0, 14-18",
      "        validate succeeded, 19-24",
      "          Three succeeded, exit 0, 20-24",
      "TESTING succeeded, 26-27",
    ]);
  });

  it("blames the first step that failed, up to its stage", () => {
    const tree = parse(
      "Image transitioned to BUILDING state for Image ARN: arn:x",
      "Started step ApplyBuildComponents with action ExecuteComponents",
      [`Document ${COMPONENT}`, "Phase build", step("Good"), step("Bad", 127), step("Later", 1)],
      "TOE has completed execution with failure - Execution failed!",
      "Command failed (command id: 1, state: Failed)",
      "Action failed for step ApplyBuildComponents. Failing step",
      "Image transitioned to FAILED state for Image ARN: arn:x",
    );
    expect(draw(tree).map((line) => line.trim().split(",")[0])).toEqual([
      "BUILDING failed",
      "ApplyBuildComponents failed",
      "component/web/1.0.0/1 failed",
      "build failed",
      "Good succeeded",
      "Bad failed",
      "Later failed",
    ]);
    expect(tree.nodes[tree.failedNode ?? -1]?.name).toBe("Bad");
  });

  it("leaves a failure that AWSTOE ignored at its step", () => {
    const tree = parse(
      [`Document ${COMPONENT}`, "Phase build", step("Bad", 1), step("Good")],
      "TOE has completed execution successfully",
    );
    expect(tree.nodes.map(({ outcome }) => outcome)).toEqual([
      "succeeded",
      "succeeded",
      "failed",
      "succeeded",
    ]);
  });

  it("blames a module without exit code when the run ends badly in it", () => {
    const tree = parse(
      `Document ${COMPONENT}`,
      "Phase build",
      step("Good"),
      "Step Copy",
      "CreateFile: STARTED EXECUTION",
      "TOE has completed execution with failure - Execution failed!",
    );
    expect(tree.nodes.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "succeeded", "failed"]);
  });

  it("shows what still runs as running", () => {
    const tree = parse(`Document ${COMPONENT}`, "Phase build", step("One"), "Step Two");
    expect(tree.nodes.map(({ outcome }) => outcome)).toEqual(["running", "running", "succeeded", "running"]);
  });

  it("goes on in the same step after a restart", () => {
    const tree = parse(
      [
        `Document ${COMPONENT}`,
        "Phase build",
        "Step Update",
        "Getting reboot signal",
        "CmdExecution: ExitCode 194",
      ],
      ["Rebooting the system now", "Recovery completed for detailed output."],
      [`Document ${COMPONENT}`, "Phase build", "Executor: System has rebooted successfully"],
      [step("Update"), step("Next")],
    );
    expect(draw(tree)).toEqual([
      "component/web/1.0.0/1 running, 1-20",
      "  build running, 2-20",
      "    Update succeeded, exit 0, 1 restart, 3-15",
      "    Next running, exit 0, 16-20",
    ]);
  });

  it("gives lines without a prefix to the stderr before them, whatever they look like", () => {
    const tree = parse(
      [
        "Step One",
        "CmdExecution: Stderr: first",
        "  - second",
        "Step Two",
        "Phase build",
        "CmdExecution: ExitCode 1",
      ],
      ["no longer stderr", "Step Three", "CmdExecution: Stderr: ", "on stderr too"],
    );
    expect(tree.stderr).toEqual([
      [1, 4],
      [9, 9],
    ]);
    expect(tree.nodes.map(({ name }) => name)).toEqual(["One", "Three"]);
  });

  it("folds the lines of a wait, but not across others", () => {
    const wait = (attempt: number) =>
      `Waiting for instance availability (id: i-1, expected state: ['passed']). Attempt number: ${attempt}.`;
    const tree = parse(wait(1), wait(2), wait(3), "Launching instance", wait(4));
    expect(tree.polls.map(({ firstLine, lastLine }) => [firstLine, lastLine])).toEqual([
      [0, 2],
      [4, 4],
    ]);
  });

  it("reads the failure block with its stderr of several lines", () => {
    const tree = parse(
      [
        "Step Bad",
        "Step Next",
        "  Document: Web",
        `  ComponentArn: ${COMPONENT}`,
        "  Phase: build",
        "  Step: Bad",
      ],
      [
        "  Action: ExecuteBash",
        "  ErrorMessage: exit status 1",
        "  Stderr: one",
        "two",
        "TOE has completed execution with failure - Execution failed!",
      ],
    );
    expect(tree.failureBlock).toEqual({
      firstLine: 2,
      lastLine: 9,
      document: "Web",
      componentArn: COMPONENT,
      phase: "build",
      step: "Bad",
      action: "ExecuteBash",
      errorMessage: "exit status 1",
      stderr: "one\ntwo",
    });
    expect(tree.nodes[tree.failedNode ?? -1]?.name).toBe("Bad");
  });
});

describe("envelopes", () => {
  it.each([
    ["2022-05-25T14:01:45.914525413Z Setup: STARTED SETUP", "Setup: STARTED SETUP", 1653487305914],
    ["2022-05-25T14:01:45.914525413Z Debug Executor: x", "Executor: x", 1653487305914],
    ["2020-07-31 11:57:10.575 Info Phase build", "Phase build", 1596196630575],
    ["Info Phase build", "Phase build", undefined],
    ['1768999985067,"Waiting, ""so"" to say"', 'Waiting, "so" to say', 1768999985067],
    ["1768999979326,Launching instance\r", "Launching instance", 1768999979326],
    ["  | 2022-03-10T19:01:06.051-08:00 | Stdout: retries 3", "Stdout: retries 3", 1646967666051],
    ["ExecuteBash: FINISHED EXECUTION", "ExecuteBash: FINISHED EXECUTION", undefined],
    ["2022-05-25T14:01:45Z not AWSTOE's own", "2022-05-25T14:01:45Z not AWSTOE's own", undefined],
  ])("are taken off: %s", (line, message, timestamp) => {
    const envelope = new EnvelopeReader().read(line);
    expect([messageIn(line, envelope), envelope.timestamp]).toEqual([message, timestamp]);
  });
});

/** Words of real logs, and what could break a parser. */
const PIECES = [
  ...[
    "Step A",
    "Phase build",
    `Document ${COMPONENT}`,
    "CmdExecution: Stderr: x",
    "CmdExecution: ExitCode 0",
  ],
  ...["CmdExecution: ExitCode 3010", "Getting reboot signal", "TOE has completed execution successfully"],
  ...[
    "TOE has completed execution with failure - Execution failed!",
    "  Stderr: y",
    "  Step: A",
    "Stdout: 빌드",
  ],
  ...[
    "Image transitioned to TESTING state for",
    "Started step B with action C",
    "Command failed (command id: 1",
  ],
  ...['1768999985067,"open', "\u001b[31mred\r", "", " ", "\ud800", "\u0000", "__proto__", "constructor: x"],
  ...["Waiting for x. Attempt number: 1.", "No 'if' conditions to evaluate for step: D"],
];

describe("whatever a log holds", () => {
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const anyLine = (next: () => number) => {
    const piece = PIECES[Math.floor(next() * PIECES.length)] ?? "";
    if (next() < 0.7) return piece;
    const cut = Math.floor(next() * (piece.length + 1));
    return piece.slice(cut) + piece.slice(0, Math.floor(next() * cut));
  };

  it("no line is lost, and nodes nest within their parents and follow each other", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed);
      const lines = Array.from({ length: Math.floor(next() * 80) }, () => anyLine(next).replaceAll("\n", ""));
      const tree = parseLog(lines.map((line) => `${line}\n`).join(""));
      expect(tree.lineCount).toBe(lines.length);
      for (const { id, parent, firstLine, lastLine } of tree.nodes) {
        expect(firstLine).toBeLessThanOrEqual(lastLine);
        expect(lastLine).toBeLessThan(lines.length);
        const outer = parent === undefined ? undefined : tree.nodes[parent];
        if (outer) expect(outer.firstLine <= firstLine && lastLine <= outer.lastLine).toBe(true);
        const before = tree.nodes.slice(0, id).findLast((node) => node.parent === parent);
        if (before) expect(before.lastLine).toBeLessThan(firstLine);
      }
      for (const [index, [first, last]] of tree.stderr.entries()) {
        expect(first).toBeLessThanOrEqual(last);
        expect(first).toBeGreaterThan(tree.stderr[index - 1]?.[1] ?? -1);
      }
    }
  });

  it("a line's envelope and message together are the line", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed);
      const reader = new EnvelopeReader();
      for (let count = 0; count < 40; count++) {
        const line = anyLine(next);
        const { start, end } = reader.read(line);
        expect(line.slice(0, start) + line.slice(start, end) + line.slice(end)).toBe(line);
      }
    }
  });
});

describe.skipIf(!hasCorpus)("the logs of the corpus (needs ../shared/corpus)", () => {
  it.each(corpusFiles("logs").filter((path) => /\.(log|txt)$/.test(path)))("%s loses no line", (path) => {
    const text = readCorpus(path);
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    expect(parseLog(text).lineCount).toBe(lines.length);
    const reader = new EnvelopeReader();
    const again = lines.map((line) => {
      const { start, end } = reader.read(line);
      return line.slice(0, start) + line.slice(start, end) + line.slice(end);
    });
    expect(again).toEqual(lines);
  });

  const hello = (...lines: string[]) => [
    `hello-world-linux.yml succeeded, ${lines[0]}`,
    `  build succeeded, ${lines[1]}`,
    `    HelloWorldStep succeeded, exit 0, ${lines[2]}`,
    `  validate succeeded, ${lines[3]}`,
    `    HelloWorldStep succeeded, exit 0, ${lines[4]}`,
    `  test succeeded, ${lines[5]}`,
    `    HelloWorldStep succeeded, exit 0, ${lines[6]}`,
  ];

  it.each([
    ["01_toe-bundle_console.log", hello("4-52", "5-20", "6-20", "21-36", "22-36", "37-52", "38-52")],
    [
      "02_toe-bundle_application.log",
      hello("54-240", "60-117", "67-117", "118-175", "125-175", "176-240", "183-240"),
    ],
    [
      "04_workshop_console_powershell_success.log",
      [
        ".\\my-first-doc.yml succeeded, 2-15",
        "  build succeeded, 3-15",
        "    HelloWorldStep succeeded, exit 0, 4-15",
      ],
    ],
    ["05_workshop_console_powershell_failure.log", []],
    [
      "06_workshop_console_updateos_reboot.log",
      [
        ".\\my-first-doc.yml succeeded, 2-42",
        "  build succeeded, 3-42",
        "    UpdateStep succeeded, exit 0, 1 restart, 4-42",
      ],
    ],
    [
      "10_cw_csv_al2023-1054_start.log",
      [
        "CREATING succeeded, 3-3",
        "BUILDING running, 4-15",
        "  workflow/build/build-image/1.0.3/1 running, 6-15",
        "    LaunchBuildInstance running, 9-15",
      ],
    ],
    ["12_cw_csv_awscli-6345.log", ["ExtractZipFile running, 16-21"]],
  ])("%s has the tree that its text shows", (path, tree) => {
    expect(draw(parseLog(readCorpus(`logs/${path}`)))).toEqual(tree);
  });
});
