import { awsPages, forEachDelimiters } from "goldsmith-languages/component";
import { isMap, isSeq } from "yaml";
import { fieldNamed } from "../document-model";
import type { LintContext, LintRule } from "../lint-rule";
import { type Field, fieldsOf, itemsOf, rangeOf, scalarText, scalarValue } from "../parse-document";

function* loops({ parsed, document }: LintContext): Generator<{ loop: Field; fields: Field[] }> {
  for (const step of document.steps) {
    const loop = fieldNamed(step.fields, "loop");
    if (loop) yield { loop, fields: fieldsOf(parsed, loop.node) };
  }
}

export const loopRules: readonly LintRule[] = [
  {
    id: "loop-shape",
    severity: "error",
    demands: "A loop has either for or forEach.",
    source: awsPages.loops,
    check: (context, report) => {
      for (const { loop, fields } of loops(context)) {
        const counted = fieldNamed(fields, "for");
        const listed = fieldNamed(fields, "forEach");
        if (!counted && !listed) report(loop.keyRange, "A loop needs for or forEach.");
        if (counted && listed) report(listed.keyRange, "A loop has for or forEach, not both.");
        if (counted && !isMap(counted.node)) report(counted.keyRange, "for needs start, end and updateBy.");
      }
    },
  },
  {
    id: "loop-range",
    severity: "error",
    demands: "start, end and updateBy are whole numbers, and the loop comes to an end.",
    source: awsPages.loops,
    check: (context, report) => {
      for (const { fields } of loops(context)) {
        const counted = fieldNamed(fields, "for");
        if (!isMap(counted?.node)) continue;
        const range = fieldsOf(context.parsed, counted.node);
        const numbers = ["start", "end", "updateBy"].map((name) => {
          const field = fieldNamed(range, name);
          const value = scalarValue(field?.node);
          if (!field) report(counted.keyRange, `for needs ${name}.`);
          else if (!Number.isInteger(value)) {
            const chained = scalarText(field.node)?.includes("{{") ? " References are not allowed here." : "";
            report(field.range, `${name} must be a whole number.${chained}`);
          }
          return typeof value === "number" ? value : Number.NaN;
        });
        const [start = Number.NaN, end = Number.NaN, step = Number.NaN] = numbers;
        const at = fieldNamed(range, "updateBy")?.range ?? counted.keyRange;
        if (step === 0) report(at, "updateBy must not be 0: the loop would never end.");
        else if ((end > start && step < 0) || (end < start && step > 0)) {
          report(at, `Adding ${step} to ${start} never reaches ${end}: the loop would never end.`);
        }
      }
    },
  },
  {
    id: "loop-list",
    severity: "error",
    demands: "forEach is a list of texts, or a text with one of the delimiters AWSTOE knows.",
    source: awsPages.loops,
    check: (context, report) => {
      for (const { fields } of loops(context)) {
        const listed = fieldNamed(fields, "forEach");
        if (!listed) continue;
        if (isSeq(listed.node)) {
          const items = itemsOf(context.parsed, listed.node) ?? [];
          if (items.length === 0) report(listed.range, "The list is empty: the step would never run.");
          const odd = items.find((item) => scalarText(item) === null);
          if (odd !== undefined) report(odd ? rangeOf(odd) : listed.range, "A loop goes over texts only.");
          continue;
        }
        if (!isMap(listed.node)) {
          report(listed.range, "forEach needs a list of texts, or a map with list and delimiter.");
          continue;
        }
        const parts = fieldsOf(context.parsed, listed.node);
        const list = fieldNamed(parts, "list");
        if (!list || scalarText(list.node) === null) {
          report(list?.keyRange ?? listed.keyRange, "forEach needs list: one text with all values.");
        }
        const delimiter = fieldNamed(parts, "delimiter");
        const text = scalarText(delimiter?.node);
        if (!delimiter || forEachDelimiters.some((known) => known === unescaped(text))) continue;
        const message = text?.includes("{{")
          ? "References are not allowed in delimiter."
          : "The delimiter must be one of . , ; : - _ newline, tab or space.";
        report(delimiter.range, message);
      }
    },
  },
];

/** People write '\n' in single quotes, which YAML leaves as two characters. */
const unescaped = (text: string | null) => text?.replace("\\n", "\n").replace("\\t", "\t");
