import { describe, expect, it } from "vitest";
import { parseLog } from "../parser/log-parser";
import { type ComparedLog, compareLogs, endedOtherwise } from "./compare-logs";
import { diffLines } from "./diff-lines";
import { maskVolatile } from "./mask-volatile";

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

describe("maskVolatile", () => {
  it.each([
    [
      "Running command (command id: 1b4e28ba-2fa1-11d2-883f-0016d3cca427)",
      "Running command (command id: 9c4e28ba-0000-11d2-883f-0016d3cca427)",
    ],
    [
      "Launched instance (instance id: i-0abc1234def567890)",
      "Launched instance (instance id: i-0123456789abcdef0)",
    ],
    ["created /tmp/AWSTOE1638342889/script-271901008.sh", "created /tmp/AWSTOE42/script-1.sh"],
    ["2026-01-02T03:04:05.678Z done in 12.5 s", "2026-02-03T01:00:00Z done in 9 s"],
    ["sshd[1234]: from 10.0.3.4", "sshd[77]: from 10.11.12.13"],
    ["sha256:0f3a9bd2c47e11aa0f3a9bd2c47e11aa", "sha256:1f3a9bd2c47e11aa0f3a9bd2c47e11ff"],
    ["1,2 MB/s eta 0:00:03", "15.9 MB/s eta 0:01:00"],
  ])("takes %j for %j", (one, other) => {
    expect(maskVolatile(one)).toBe(maskVolatile(other));
  });

  it.each([
    ["Installing openssl 3.0.8", "Installing openssl 3.0.9"],
    ["ExitCode 0", "ExitCode 1"],
    ["Installed 12 packages", "Installed 13 packages"],
  ])("keeps %j apart from %j", (one, other) => {
    expect(maskVolatile(one)).not.toBe(maskVolatile(other));
  });
});

describe("diffLines", () => {
  const rebuild = (before: string[], after: string[]) => {
    const differences = diffLines(before, after);
    const removed = new Set(differences.flatMap((each) => ("before" in each ? [each.before] : [])));
    const added = new Set(differences.flatMap((each) => ("after" in each ? [each.after] : [])));
    return {
      left: before.filter((_, index) => !removed.has(index)),
      right: after.filter((_, index) => !added.has(index)),
      size: differences.length,
    };
  };

  it("names what must go and come, and nothing else, whatever the lines", () => {
    const next = random(5);
    for (let round = 0; round < 300; round++) {
      const lines = () =>
        Array.from({ length: Math.floor(next() * 12) }, () => "abcd"[Math.floor(next() * 4)] ?? "");
      const [before, after] = [lines(), lines()];
      const { left, right, size } = rebuild(before, after);
      expect(left).toEqual(right);
      expect(size).toBe(before.length + after.length - 2 * left.length);
    }
  });

  it("finds the one line that differs in a long step", () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    expect(diffLines(before, before.toSpliced(9_000, 1, "other"))).toEqual([
      { before: 9_000 },
      { after: 9_000 },
    ]);
  });

  it("ends quickly where nothing is alike", () => {
    const lines = (name: string) => Array.from({ length: 20_000 }, (_, index) => `${name} ${index}`);
    expect(diffLines(lines("a"), lines("b"))).toHaveLength(40_000);
  });
});

describe("compareLogs", () => {
  const ARN = "arn:aws:imagebuilder:us-east-1:111111111111:component/web";
  const step = (name: string, exitCode: number, ...output: string[]) => [
    `Step ${name}`,
    "ExecuteBash: STARTED EXECUTION",
    ...output.map((line) => `Stdout: ${line}`),
    `CmdExecution: ExitCode ${exitCode}`,
    "ExecuteBash: FINISHED EXECUTION",
  ];
  const logOf = (version: string, ...steps: string[][]): ComparedLog => {
    const lines = [`Document ${ARN}/${version}/1`, "Phase build", ...steps.flat()];
    // A second a line, but for what says that it took longer.
    let time = 1_768_999_972_194;
    const times = lines.map((line) => {
      time += line.includes("slowly") ? 60_000 : 1_000;
      return time;
    });
    return { tree: parseLog(lines.join("\n"), times), line: (number) => lines[number] ?? "" };
  };

  it("finds nothing between two runs that differ in ids and times only", () => {
    const run = (id: string) => logOf("1.0.0", step("Install", 0, `instance i-${id}`, "ok"), step("Test", 0));
    const { steps, firstDifference } = compareLogs(run("0123456789abcdef0"), run("0fedcba9876543210"));
    expect(firstDifference).toBeUndefined();
    expect(steps.map(({ changeCount, pace }) => [changeCount, pace])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
  });

  it("points at the first step that ended otherwise, with the lines that are new", () => {
    const good = logOf("1.0.0", step("Install", 0, "fetch 1.2"), step("Test", 0, "ok"));
    const bad = logOf("1.0.0", step("Install", 0, "fetch 1.3"), step("Test", 127, "not found"));
    const { steps, firstDifference } = compareLogs(good, bad);
    expect(firstDifference).toBe(1);
    expect(steps[0]?.changes).toEqual([
      { kind: "removed", line: 5, text: "Stdout: fetch 1.2" },
      { kind: "added", line: 5, text: "Stdout: fetch 1.3" },
    ]);
    expect(steps[1]).toMatchObject({ before: { exitCode: 0 }, after: { exitCode: 127 } });
  });

  it("points at the step that failed, not at a new one before it that went well", () => {
    const good = logOf("1.0.0", step("Install", 0), step("Report", 0));
    const bad = logOf(
      "1.0.0",
      step("Install", 0),
      step("Fetch", 0),
      step("Register", 127),
      step("Report", 0),
    );
    const { steps, firstDifference } = compareLogs(good, bad);
    expect(steps[firstDifference ?? -1]?.path.at(-1)).toBe("Register");
  });

  it("points at the step of a component, not at the workflow step that failed because of it", () => {
    const within = (exitCode: number): ComparedLog => {
      const inner = logOf("1.0.0", step("Install", 0), step("Test", exitCode));
      const lines = ["Started step ApplyBuildComponents with action ExecuteComponents"].concat(
        Array.from({ length: inner.tree.lineCount }, (_, number) => inner.line(number)),
        exitCode === 0
          ? "TOE has completed execution successfully"
          : "TOE has completed execution with failure",
      );
      return { tree: parseLog(lines.join("\n")), line: (number) => lines[number] ?? "" };
    };
    const { steps, firstDifference } = compareLogs(within(0), within(1));
    expect(steps[firstDifference ?? -1]?.path).toEqual(["ApplyBuildComponents", "web", "build", "Test"]);
  });

  it("aligns a component with its next version, and says which each was", () => {
    const [compared] = compareLogs(logOf("1.0.0", step("A", 0)), logOf("2.0.0", step("A", 0))).steps;
    expect([compared?.before?.component, compared?.after?.component]).toEqual([
      `${ARN}/1.0.0/1`,
      `${ARN}/2.0.0/1`,
    ]);
    expect(compared?.path).toEqual(["web", "build", "A"]);
  });

  it("keeps steps that only one log has in their place", () => {
    const before = logOf("1.0.0", step("A", 0), step("Gone", 0), step("B", 0));
    const after = logOf("1.0.0", step("A", 0), step("New", 0), step("B", 0));
    const { steps } = compareLogs(before, after);
    expect(steps.map(({ path, before: was, after: is }) => [path.at(-1), !!was, !!is])).toEqual([
      ["A", true, true],
      ["New", false, true],
      ["Gone", true, false],
      ["B", true, true],
    ]);
    expect(steps.filter(endedOtherwise)).toHaveLength(2);
  });

  it("says which step became clearly slower", () => {
    const before = logOf("1.0.0", step("A", 0, "quick"), step("B", 0));
    const after = logOf("1.0.0", step("A", 0, "slowly"), step("B", 0));
    expect(compareLogs(before, after).steps.map(({ pace }) => pace)).toEqual(["slower", undefined]);
  });
});
