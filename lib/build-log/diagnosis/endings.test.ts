import { describe, expect, it } from "vitest";
import { parseLog } from "../parser/log-parser";
import { collectEvidence } from "./collect-evidence";
import { diagnoseFailure } from "./diagnose-failure";
import { type Ending, shellEndings, writtenEndings } from "./endings";
import type { Diagnosis } from "./types";

/** Below it a change has made the diagnosis know less than it did. */
const RECALL_FLOOR = 0.99;

const ENVELOPES: Record<string, (lines: string[]) => string[]> = {
  CloudWatch: (lines) => lines,
  AWSTOE: (lines) => lines.map((line) => `2026-11-16T10:00:00.123456789Z ${line}`),
  "AWSTOE of 2020": (lines) => lines.map((line) => `2026-11-16 10:00:00.123 Info ${line}`),
  "CloudWatch's CSV": (lines) =>
    lines.map((line) => `1763287200123,${/[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line}`),
};

/** What a script may say and get over before it fails for another reason. */
const RECOVERED = [
  "curl: (6) Could not resolve host: mirror1.example.com",
  "falling back to mirror2",
  "bash: aide: command not found",
  "continuing without aide",
];

/** The log of a build that ended so: AWSTOE writes stderr once the command has ended. */
function logOf({ stage, module = "", stdout, stderr, exitCode }: Ending, before: string[] = []): string[] {
  const [first = "", ...rest] = [...before, ...stderr];
  const apply = stage === "TESTING" ? "ApplyTestComponents" : "ApplyBuildComponents";
  return [
    `Image transitioned to ${stage} state for Image ARN: arn:aws:imagebuilder:us-east-1:1:image/web/1.0.0/1`,
    `Started step ${apply} with action ExecuteComponents`,
    "Document arn:aws:imagebuilder:us-east-1:1:component/base/1.0.0/1",
    `Phase ${stage === "TESTING" ? "test" : "build"}`,
    "Step Prepare",
    "ExecuteBash: STARTED EXECUTION",
    "CmdExecution: Stderr: curl: (6) Could not resolve host: harmless.example.com",
    "CmdExecution: ExitCode 0",
    "ExecuteBash: FINISHED EXECUTION",
    "Step Install",
    `${module}: STARTED EXECUTION`,
    ...stdout.map((line) => `Stdout: ${line}`),
    `CmdExecution: Stderr: ${first}`,
    ...rest,
    `CmdExecution: ExitCode ${exitCode}`,
    `${module}: FINISHED EXECUTION`,
    "TOE has completed execution with failure - Execution failed!",
    "Command failed (command id: 1, state: Failed)",
    `Action failed for step ${apply}. Failing step`,
  ];
}

function diagnose(ending: Ending, lines = logOf(ending)) {
  const { reason, workflowStep, stage, platform } = ending;
  if (reason !== undefined) {
    const failure = { stage, ...(workflowStep && { failedStep: workflowStep }) };
    return diagnoseFailure(collectEvidence({ workflows: [], reason, failure, platform }, undefined));
  }
  const log = { tree: parseLog(lines.join("\n")), line: (number: number) => lines[number] ?? "" };
  const said = "Document arn:aws:imagebuilder:us-east-1:1:component/base/1.0.0/1 failed!";
  return diagnoseFailure(collectEvidence({ workflows: [], reason: said, platform }, log));
}

/** A rule that only says where to look explains nothing. */
const verdictOf = ({ rule }: Pick<Diagnosis, "rule">) => (rule?.isGeneral ? undefined : rule?.id);

/** The endings of which `holds` says so: they are judged at the same time. */
async function among(endings: Ending[], holds: (ending: Ending) => Promise<boolean>): Promise<Ending[]> {
  const held = await Promise.all(endings.map(holds));
  return endings.filter((_, index) => held[index]);
}

const ENDINGS = [...writtenEndings(), ...shellEndings()];
const LOGGED = ENDINGS.filter(({ reason }) => reason === undefined);

describe("300 endings over tools, shells, platforms and stages", () => {
  it("are that many, and many of them no rule may explain", () => {
    expect(ENDINGS.length).toBeGreaterThanOrEqual(300);
    expect(ENDINGS.filter(({ rule }) => rule === undefined).length).toBeGreaterThan(100);
  });

  it("have no wrong verdict, and are known as far as they were", async () => {
    const found = await Promise.all(
      ENDINGS.map(async (ending) => ({ ...ending, verdict: verdictOf(await diagnose(ending)) })),
    );
    const wrong = found.filter(({ verdict, rule }) => verdict !== undefined && verdict !== rule);
    expect(wrong.map(({ name, rule, verdict }) => `${name}: ${verdict} for ${rule}`)).toEqual([]);
    const known = found.filter(({ rule }) => rule !== undefined);
    const missed = known.filter(({ verdict }) => verdict === undefined);
    const recall = 1 - missed.length / known.length;
    process.stdout.write(
      `recall ${recall.toFixed(3)} of ${known.length}, not known: ${missed.map(({ name }) => name).join(", ") || "none"}\n`,
    );
    expect(recall).toBeGreaterThanOrEqual(RECALL_FLOOR);
  });

  it("show the line that decides", async () => {
    const shown = await Promise.all(
      LOGGED.map(async (ending) => {
        const { evidence, ...diagnosis } = await diagnose(ending);
        if (ending.decides === undefined || verdictOf(diagnosis) !== ending.rule) return [];
        return evidence?.text.trim() === ending.decides.trim() ? [] : [`${ending.name}: ${evidence?.text}`];
      }),
    );
    expect(shown.flat()).toEqual([]);
  });

  it.each(Object.keys(ENVELOPES))("are judged alike in the envelope of %s", async (name) => {
    const differing = await among(
      LOGGED,
      async (ending) =>
        verdictOf(await diagnose(ending, ENVELOPES[name]?.(logOf(ending)))) !==
        verdictOf(await diagnose(ending)),
    );
    expect(differing.map((each) => each.name)).toEqual([]);
  });

  it("are judged alike after failures that the script got over", async () => {
    const withErrors = LOGGED.filter(({ stderr }) => stderr.length > 0);
    const differing = await among(
      withErrors,
      async (ending) =>
        verdictOf(await diagnose(ending, logOf(ending, RECOVERED))) !== verdictOf(await diagnose(ending)),
    );
    expect(differing.map((each) => each.name)).toEqual([]);
  });
});
