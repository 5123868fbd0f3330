/** What RE2 leaves out, because it cannot be matched in linear time. https://github.com/google/re2/wiki/Syntax */
const notInRe2: [RegExp, string][] = [
  [/\(\?<?[=!]/, "lookaround"],
  [/\\[1-9]|\\k<|\(\?P=/, "backreferences"],
  [/\(\?>/, "atomic groups"],
  [/[*+?}]\+/, "possessive quantifiers"],
  [/\(\?\(/, "conditionals"],
  [/\\[ZGXR]/, "the escapes \\Z, \\G, \\X and \\R"],
];

/** Why RE2, which AWSTOE uses, refuses an expression; null when it looks fine. */
export function re2Problem(expression: string): string | null {
  const bare = expression.replace(/\\\\/g, "").replace(/\[\^?\]?(?:\\.|[^\]\\])*\]?/g, "x");
  const feature = notInRe2.find(([pattern]) => pattern.test(bare))?.[1];
  if (feature) return `RE2 has no ${feature}.`;
  const repeat = /\{(\d+)(?:,(\d*))?\}/.exec(bare);
  if (repeat && Math.max(Number(repeat[1]), Number(repeat[2] ?? 0)) > 1000) {
    return "RE2 repeats at most 1000 times.";
  }
  try {
    // RE2 and JavaScript agree but for inline flags, Python's names and the ends of the text.
    new RegExp(
      expression
        .replace(/\(\?P</g, "(?<")
        .replace(/\(\?[imsU-]+(\)|:)/g, (_, end: string) => (end === ")" ? "" : "(?:")),
    );
    return null;
  } catch {
    return "This is not a regular expression: a bracket or an operator is out of place.";
  }
}
