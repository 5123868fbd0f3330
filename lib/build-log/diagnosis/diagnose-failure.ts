import { BUILT_IN_RULES } from "./built-in-rules";
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
 * Where the line that decides is one that no rule knows, no rule explains it by what was said before that line.
 */
export function diagnoseFailure({
  failed,
  evidence,
  teamRules = [],
}: {
  failed: FailedPart;
  /** What decides most comes first within each place. */
  evidence: Evidence[];
  teamRules?: DiagnosisRule[];
}): Diagnosis {
  const rules = [...teamRules, ...BUILT_IN_RULES].filter((rule) => mayApply(rule, failed));
  const matches = evidence.map((_, index) => rules.filter((rule) => says(rule, failed, evidence, index)));
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

function says(rule: DiagnosisRule, { exitCode }: FailedPart, evidence: Evidence[], index: number): boolean {
  const { pattern, patternWithExitCode, places = [...EVIDENCE_PLACES], exitCodes } = rule;
  const said = evidence[index];
  if (!said || !places.includes(said.place)) return false;
  const patterns = [pattern];
  if (patternWithExitCode && exitCode !== undefined && exitCodes?.includes(exitCode))
    patterns.push(patternWithExitCode);
  const next = evidence.find(({ line }) => said.line !== undefined && line === said.line + 1);
  return patterns.some((source) => {
    const expression = new RegExp(source, "i");
    if (expression.test(said.text)) return true;
    if (!next || said.text.length < WRAPPED_FROM || expression.test(next.text)) return false;
    return expression.test(`${said.text.trimEnd()} ${next.text.trimStart()}`);
  });
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
