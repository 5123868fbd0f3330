import { awsPages, documentLimits } from "goldsmith-languages/component";
import { isMap, isScalar } from "yaml";
import type { DocumentModel } from "../document-model";
import { type LintContext, type LintRule, type Report, replaceFix } from "../lint-rule";
import { rangeOf, type SyntaxProblem, walk } from "../parse-document";
import type { SourceRange } from "../types";

/** CreateComponent takes this much in `data`; more must come from S3. */
export const inlineLimitCharacters = documentLimits.inlineCharacters;
/** The default quota for a document read from S3. */
export const documentLimitBytes = documentLimits.bytes;

/** A value that starts with `{{` and is not quoted: YAML reads it as a map in a map. */
function unquotedReferences({ text, parsed }: LintContext): SourceRange[] {
  const found: SourceRange[] = [];
  for (const node of walk(parsed.root)) {
    if (!isMap(node) || !node.flow) continue;
    const from = node.range[0];
    if (!/^\{\{[^{}\n]*\}\}/.test(text.slice(from, from + 400))) continue;
    const line = /^[^\n]*/.exec(text.slice(from))?.[0] ?? "";
    const written = line.replace(/(?<!\s)\s+#.*$/, "").trimEnd();
    found.push([from, from + written.length]);
  }
  return found;
}

const quote = (text: string) => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);

/** One mistake makes a parser stumble many times: after a few problems there is nothing more to learn. */
const problemLimit = 5;

/** Problems of the parser, one a line, without those that an unquoted reference causes on its own line. */
function reportProblems(context: LintContext, kinds: SyntaxProblem["kind"][], report: Report) {
  const lineOf = (range: SourceRange) => context.parsed.positionAt(range[0]).line;
  const explained = new Set(unquotedReferences(context).map(lineOf));
  let told = 0;
  for (const problem of context.parsed.problems) {
    const line = lineOf(problem.range);
    if (!kinds.includes(problem.kind) || explained.has(line) || told >= problemLimit) continue;
    explained.add(line);
    told += 1;
    const indentation = /^\t+/.exec(context.text.slice(problem.range[0]))?.[0];
    const fix =
      problem.kind === "tab" && indentation
        ? replaceFix(
            "Use two spaces for each tab",
            [problem.range[0], problem.range[0] + indentation.length],
            "  ".repeat(indentation.length),
          )
        : undefined;
    report(problem.range, problem.message, fix);
  }
}

export const textRules: readonly LintRule[] = [
  {
    id: "yaml-syntax",
    severity: "error",
    demands: "The document must be readable as YAML or JSON.",
    source: awsPages.documents,
    check: (context, report) =>
      reportProblems(context, ["syntax", "too-long", "too-deep", "too-many-aliases"], report),
  },
  {
    id: "yaml-tab",
    severity: "error",
    demands: "YAML is indented with spaces, never with tabs.",
    source: awsPages.documents,
    check: (context, report) => reportProblems(context, ["tab"], report),
  },
  {
    id: "yaml-tag",
    severity: "error",
    demands: "Tags such as !Sub belong to CloudFormation, not to a component document.",
    source: awsPages.documents,
    check: (context, report) => reportProblems(context, ["tag"], report),
  },
  {
    id: "duplicate-key",
    severity: "error",
    demands: "A key appears once in its map.",
    source: awsPages.schema,
    check: ({ parsed }, report) => {
      for (const node of walk(parsed.root)) {
        if (!isMap(node)) continue;
        const seen = new Set<string>();
        for (const { key } of node.items) {
          if (!isScalar(key) || !key.range) continue;
          const name = String(key.value);
          if (seen.has(name)) {
            report(
              [key.range[0], key.range[1]],
              `The key ${name} is already in this map. Only one can count.`,
            );
          }
          seen.add(name);
        }
      }
    },
  },
  {
    id: "unquoted-reference",
    severity: "error",
    demands: "A value that starts with {{ must be in quotes.",
    source: awsPages.chaining,
    check: (context, report) => {
      for (const range of unquotedReferences(context)) {
        const written = context.text.slice(...range);
        report(
          range,
          `Put ${written} in quotes: without them YAML reads it as a map, not as a reference.`,
          replaceFix("Put it in quotes", range, quote(written)),
        );
      }
    },
  },
  {
    id: "inline-size",
    severity: "error",
    demands: "A document sent with the request has at most 16,000 characters.",
    source: awsPages.createComponent,
    check: ({ text }, report) => {
      if (text.length <= inlineLimitCharacters) return;
      const over = (text.length - inlineLimitCharacters).toLocaleString("en");
      const message = `The document is ${over} characters over the 16,000 that can be sent with the request. Put it in S3 and give its s3:// URI instead (up to 64 KB).`;
      report([inlineLimitCharacters, text.length], message);
    },
  },
  {
    id: "document-size",
    severity: "error",
    demands: "A document has at most 64 KB, also from S3.",
    source: awsPages.quotas,
    check: ({ text }, report) => {
      const bytes = new TextEncoder().encode(text).length;
      if (bytes <= documentLimitBytes) return;
      const message = `The document has ${Math.ceil(bytes / 1024)} KB. AWS takes at most 64 KB: split it into several components.`;
      report([0, Math.min(1, text.length)], message);
    },
  },
  {
    id: "template-placeholder",
    severity: "warning",
    demands: "Placeholders of CloudFormation and Terraform are filled in before the document is used.",
    source: awsPages.documents,
    check: (context, report) => {
      const { text, parsed, document } = context;
      const directive = /^[ \t]*%\{/m.exec(text);
      if (directive) {
        report(
          [directive.index, directive.index + directive[0].length],
          "This is a Terraform directive. Render the template first: AWSTOE reads it as text.",
        );
      }
      for (const match of text.matchAll(/\$\{AWS::[A-Za-z]+\}|\$\{![A-Za-z_]\w*[^}\n]*\}/g)) {
        const message = `${match[0]} is CloudFormation's Sub syntax. Run the document through Fn::Sub first: AWSTOE does not replace it.`;
        report([match.index, match.index + match[0].length], message);
        break;
      }
      const scripts = scriptScalars(document);
      for (const node of walk(parsed.root)) {
        if (!isScalar(node) || scripts.has(node)) continue;
        const [from, to] = rangeOf(node);
        const match = /\$\{[A-Za-z_]\w*\}/.exec(text.slice(from, to));
        if (!match) continue;
        const message = `${match[0]} is a placeholder of a template. AWSTOE does not replace it: render the template first, or use a parameter.`;
        report([from + match.index, from + match.index + match[0].length], message);
      }
    },
  },
];

/** Texts that a shell reads, where `${NAME}` has a meaning of its own. */
function scriptScalars(document: DocumentModel) {
  const scripts = new Set<unknown>();
  for (const { fields } of document.steps.flatMap((step) => step.inputGroups)) {
    for (const field of fields) {
      if (!["commands", "content", "arguments"].includes(field.key)) continue;
      for (const node of walk(field.node)) scripts.add(node);
    }
  }
  return scripts;
}
