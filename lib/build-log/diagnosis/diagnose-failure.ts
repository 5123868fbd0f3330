import "server-only";
import { BUILT_IN_RULES } from "./built-in-rules";
import { matchPatterns, OUT_OF_TIME, type PatternAnswer } from "./pattern-workers";
import {
  type Diagnosis,
  type DiagnosisRule,
  EVIDENCE_PLACES,
  type Evidence,
  type FailedPart,
  type RuleForReaders,
} from "./types";

const CHECKLIST = [
  "Read the log from its first error, not from its last.",
  "Look at the failed workflow step's message and outputs.",
  "If the log names a command id, ask Systems Manager for it: ssm:GetCommandInvocation has a second view.",
  "If this pipeline has succeeded before, compare base image and component versions with the last successful build.",
  "If it has never succeeded, suspect the configuration: instance profile, network, parent image.",
  "As a last resort keep the instance (terminate on failure: no), run again, and connect through Systems Manager. It costs money and holds the build's role until you end it.",
];

/**
 * Finds the rule that explains a failure. A team's rules come before Goldsmith's, more exact evidence before less
 * exact, a line that decides before one that decides less, a rule whose exit code fits before one whose does not.
 * Where the line that decides is one that no rule knows, no rule explains it by what was said before that line. The
 * patterns run in a worker: a rule whose pattern runs out of time is left out and named in `outOfTime`.
 */
export async function diagnoseFailure({
  failed,
  evidence,
  teamRules = [],
}: {
  failed: FailedPart;
  /** What decides most comes first within each place. */
  evidence: Evidence[];
  teamRules?: DiagnosisRule[];
}): Promise<Diagnosis & { outOfTime: string[] }> {
  // Goldsmith's own are known to be quick: what a team's cost is no reason to leave them out.
  const applicable = [...BUILT_IN_RULES, ...teamRules].filter((rule) => mayApply(rule, failed));
  const { matches, outOfTime } = await matchRules(applicable, failed, evidence);
  const wall = evidence.findIndex(
    ({ isStatement }, index) => isStatement && !matches[index]?.some(({ isGeneral }) => !isGeneral),
  );
  const candidates = matches.flatMap((found, index) => {
    const said = evidence[index];
    if (!said || (said.place === "log" && wall >= 0 && index > wall)) return [];
    return found.map((rule) => ({
      rule,
      said,
      rank: [
        rule.isGeneral ? 1 : 0,
        teamRules.includes(rule) ? 0 : 1,
        EVIDENCE_PLACES.indexOf(said.place),
        index,
        rule.exitCodes?.includes(failed.exitCode ?? Number.NaN) ? 0 : 1,
        rule.confidence === "certain" ? 0 : 1,
      ],
    }));
  });
  const best = candidates.toSorted((a, b) => compareRanks(a.rank, b.rank))[0];
  const explains = best && !best.rule.isGeneral;
  return {
    failed,
    evidence: explains ? best.said : plainestEvidence(evidence),
    rule: best && forReaders(best.rule),
    checklist: explains ? [] : CHECKLIST,
    outOfTime: outOfTime.map(({ id }) => id),
  };
}

/** What is not known about a failure rules nothing out, except a module: its patterns are too wide without one. */
function mayApply(rule: DiagnosisRule, { exitCode, ...failed }: FailedPart): boolean {
  const fits = (allowed: string[] | undefined, value: string | undefined) =>
    !allowed || value === undefined || allowed.some((each) => each.toLowerCase() === value.toLowerCase());
  if (rule.withoutExitCode && exitCode !== undefined && exitCode !== 0) return false;
  if (rule.modules && failed.module === undefined) return false;
  return (
    fits(rule.stages, failed.stage) &&
    fits(rule.actions, failed.action) &&
    fits(rule.modules, failed.module) &&
    fits(rule.platforms, failed.platform)
  );
}

/** PowerShell and others break their messages at the width of a terminal. */
const WRAPPED_FROM = 50;

/** The rules that each piece of evidence speaks for, and those of which it is not known. */
async function matchRules(
  rules: DiagnosisRule[],
  { exitCode }: FailedPart,
  evidence: Evidence[],
): Promise<{ matches: DiagnosisRule[][]; outOfTime: DiagnosisRule[] }> {
  const nextOf = evidence.map(({ text, line }) =>
    text.length < WRAPPED_FROM || line === undefined
      ? -1
      : evidence.findIndex((each) => each.line === line + 1),
  );
  const texts = evidence.map(({ text }) => text);
  // The same number of texts again: each with the line after it, where that may be its other half.
  const joined = evidence.map(({ text }, index) => {
    const next = evidence[nextOf[index] ?? -1];
    return next ? `${text.trimEnd()} ${next.text.trimStart()}` : "";
  });
  const patterns = rules.flatMap((rule) => patternsOf(rule, exitCode).map((pattern) => ({ rule, pattern })));
  const answers = await matchPatterns(
    [...texts, ...joined],
    patterns.map(({ pattern }) => pattern),
  );
  const says = (found: PatternAnswer, index: number): boolean => {
    if (found === OUT_OF_TIME) return false;
    const next = nextOf[index] ?? -1;
    return found.has(index) || (next >= 0 && !found.has(next) && found.has(texts.length + index));
  };
  const found = rules.map((rule) => answers.filter((_, at) => patterns[at]?.rule === rule));
  return {
    matches: evidence.map(({ place }, index) =>
      rules.filter(
        ({ places = [...EVIDENCE_PLACES] }, at) =>
          places.includes(place) && found[at]?.some((answer) => says(answer, index)),
      ),
    ),
    outOfTime: rules.filter((_, at) => found[at]?.includes(OUT_OF_TIME)),
  };
}

function patternsOf(
  { pattern, patternWithExitCode, exitCodes }: DiagnosisRule,
  exitCode: number | undefined,
): string[] {
  const fits = exitCode !== undefined && exitCodes?.includes(exitCode);
  return [pattern, ...(patternWithExitCode && fits ? [patternWithExitCode] : [])];
}

function compareRanks(a: number[], b: number[]): number {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

/** A line of the log can be opened where it stands, so it comes before what AWS sums up. */
const plainestEvidence = (evidence: Evidence[]): Evidence | undefined =>
  evidence.find(({ place, isStatement }) => place === "log" && isStatement) ??
  evidence.find(({ place }) => place === "log") ??
  evidence.find(({ place }) => place === "context") ??
  evidence[0];

const forReaders = ({
  id,
  title,
  cause,
  fix,
  next,
  confidence,
  source,
  isGeneral,
}: DiagnosisRule): RuleForReaders => ({
  id,
  title,
  cause,
  fix,
  next,
  confidence,
  source,
  ...(isGeneral && { isGeneral }),
});
