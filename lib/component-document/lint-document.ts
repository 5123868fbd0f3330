import { modelDocument } from "./document-model";
import { stepReferencesIn } from "./document-references";
import type { LintContext, LintRule } from "./lint-rule";
import { parseDocument } from "./parse-document";
import { conditionRules } from "./rules/condition-rules";
import { hiddenFailureRules } from "./rules/hidden-failure-rules";
import { inputRules } from "./rules/input-rules";
import { loopRules } from "./rules/loop-rules";
import { nameRules } from "./rules/name-rules";
import { practiceRules } from "./rules/practice-rules";
import { referenceRules } from "./rules/reference-rules";
import { runtimeReferenceRules } from "./rules/runtime-reference-rules";
import { scriptRules } from "./rules/script-rules";
import { stepRules } from "./rules/step-rules";
import { structureRules } from "./rules/structure-rules";
import { textRules } from "./rules/text-rules";
import { stepScripts } from "./step-scripts";
import type { Finding, Fix, LintOptions, Severity } from "./types";

/** Every rule, errors and warnings mixed. */
export const lintRules: readonly LintRule[] = [
  ...textRules,
  ...structureRules,
  ...nameRules,
  ...stepRules,
  ...inputRules,
  ...conditionRules,
  ...loopRules,
  ...referenceRules,
  ...runtimeReferenceRules,
  ...practiceRules,
  ...scriptRules,
  ...hiddenFailureRules,
];

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/**
 * Everything worth saying about a component document, in the order of the text. Never throws.
 * A document without errors is one that AWS is expected to accept; only a dry run knows.
 */
export function lintDocument(text: string, options: LintOptions = {}): Finding[] {
  const parsed = parseDocument(text);
  const document = modelDocument(parsed);
  const context: LintContext = {
    ...options,
    text,
    parsed,
    document,
    scripts: stepScripts(document),
    references: stepReferencesIn(document),
  };
  // What follows a syntax error is misread: only the text itself can be judged from there on.
  const readUpTo = parsed.problems.find(({ kind }) => kind !== "tag")?.range[0] ?? text.length;
  const findings: Finding[] = [];
  for (const rule of lintRules) {
    rule.check(context, (range, message, fix) => {
      const from = Math.min(Math.max(range[0], 0), text.length);
      if (from >= readUpTo && from < text.length && !textRules.includes(rule)) return;
      const to = Math.min(Math.max(range[1], from), text.length);
      const start = parsed.positionAt(from);
      const end = parsed.positionAt(to);
      findings.push({
        rule: rule.id,
        severity: rule.severity,
        message,
        from,
        to,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        source: rule.source,
        ...(fix ? { fix: keepQuotes(text, fix) } : {}),
      });
    });
  }
  return withoutEchoes(findings).toSorted((a, b) => a.from - b.from || rank[a.severity] - rank[b.severity]);
}

/** A reference without quotes is a map to the parser: what other rules say about that map says nothing. */
function withoutEchoes(findings: Finding[]): Finding[] {
  const unquoted = findings.filter(({ rule }) => rule === "unquoted-reference");
  return findings.filter(
    (finding) =>
      finding.rule === "unquoted-reference" ||
      !unquoted.some(({ from, to }) => from <= finding.from && finding.from < to),
  );
}

/** A word put in the place of a quoted word is quoted too: JSON knows no other words. */
function keepQuotes(text: string, fix: Fix): Fix {
  const edits = fix.edits.map((edit) => {
    const quote = /^(["'])[^"']*\1$/.exec(text.slice(edit.from, edit.to))?.[1];
    return quote && !edit.insert.startsWith(quote)
      ? { ...edit, insert: `${quote}${edit.insert}${quote}` }
      : edit;
  });
  return { ...fix, edits };
}
