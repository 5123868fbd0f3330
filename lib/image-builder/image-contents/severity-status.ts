/** Gravest first: https://docs.aws.amazon.com/inspector/latest/user/findings-understanding-severity.html */
const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"];

/** Where a severity stands; one that AWS adds comes last. */
export const severityRank = (severity: string): number => {
  const rank = SEVERITIES.indexOf(severity);
  return rank === -1 ? SEVERITIES.length : rank;
};

export const severityTone = (severity: string): "fail" | "wait" | "mute" =>
  severity === "CRITICAL" || severity === "HIGH" ? "fail" : severity === "MEDIUM" ? "wait" : "mute";
