import { BUILT_IN_RULES } from "./built-in-rules";
import { type Diagnosis, type DiagnosisRule, EVIDENCE_PLACES, type Evidence, type FailedPart } from "./types";

const CHECKLIST = [
  "Read the log from its first error, not from its last.",
  "Look at the failed workflow step's message and outputs.",
  "If the log names a command id, ask Systems Manager for it: ssm:GetCommandInvocation has a second view.",
  "If this pipeline has succeeded before, compare base image and component versions with the last good build.",
  "If it has never succeeded, suspect the configuration: instance profile, network, parent image.",
  "As a last resort keep the instance (terminate on failure: no), run again, and connect through Systems Manager. It costs money and holds the build's role until you end it.",
];

/**
 * Finds the rule that explains a failure. A team's rules come before Goldsmith's, more exact evidence before less
 * exact, a certain rule before a likely one, an earlier line before a later one.
 */
export function diagnoseFailure({
  failed,
  evidence,
  teamRules = [],
}: {
  failed: FailedPart;
  /** In the order in which it was said. */
  evidence: Evidence[];
  teamRules?: DiagnosisRule[];
}): Diagnosis {
  const candidates = [...teamRules, ...BUILT_IN_RULES].flatMap((rule) => {
    const index = isAbout(rule, failed) ? firstMatch(rule, evidence) : -1;
    const said = evidence[index];
    if (!said) return [];
    const rank = [
      rule.isGeneral ? 1 : 0,
      teamRules.includes(rule) ? 0 : 1,
      EVIDENCE_PLACES.indexOf(said.place),
      rule.confidence === "certain" ? 0 : 1,
      index,
    ];
    return [{ rule, said, rank }];
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

function isAbout({ exitCodes, stages }: DiagnosisRule, { exitCode, stage }: FailedPart): boolean {
  if (exitCodes && (exitCode === undefined || !exitCodes.includes(exitCode))) return false;
  return !stages || stage === undefined || stages.includes(stage);
}

function firstMatch({ pattern, places = [...EVIDENCE_PLACES] }: DiagnosisRule, evidence: Evidence[]): number {
  const expression = new RegExp(pattern, "i");
  const matching = evidence
    .map(({ place, text }, index) => ({ place, text, index }))
    .filter(({ place, text }) => places.includes(place) && expression.test(text));
  return (
    matching.toSorted((a, b) => EVIDENCE_PLACES.indexOf(a.place) - EVIDENCE_PLACES.indexOf(b.place))[0]
      ?.index ?? -1
  );
}

function compareRanks(a: number[], b: number[]): number {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

/** A line of the log can be opened where it stands, so it comes before what AWS sums up. */
const plainestEvidence = (evidence: Evidence[]): Evidence | undefined =>
  evidence.find(({ place }) => place === "log") ??
  evidence.find(({ place }) => place === "context") ??
  evidence[0];

const forReaders = ({ pattern: _p, places: _l, exitCodes: _e, stages: _s, ...rule }: DiagnosisRule) => rule;
