import {
  awsPages,
  constantKeys,
  type DocumentKey,
  documentKeys,
  forEachKeys,
  forKeys,
  loopKeys,
  parameterKeys,
  phaseKeys,
  runnablePhases,
  stepKeys,
} from "goldsmith-languages/component";
import { isMap } from "yaml";
import { type DocumentModel, fieldNamed, stepLabel } from "../document-model";
import { either, type LintContext, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import { type Field, fieldsOf, itemsOf, rangeOf, scalarText, scalarValue } from "../parse-document";

/** Every map whose keys are fixed, with the keys it may have and what to call it. */
function* fixedMaps({ parsed, document }: LintContext): Generator<[string, Field[], readonly DocumentKey[]]> {
  yield ["a document", document.fields, documentKeys];
  for (const variable of document.variables) {
    yield [
      `a ${variable.kind}`,
      variable.fields,
      variable.kind === "parameter" ? parameterKeys : constantKeys,
    ];
  }
  for (const phase of document.phases) yield ["a phase", phase.fields, phaseKeys];
  for (const step of document.steps) {
    yield ["a step", step.fields, stepKeys];
    const loop = fieldsOf(parsed, fieldNamed(step.fields, "loop")?.node);
    yield ["a loop", loop, loopKeys];
    yield ["for", fieldsOf(parsed, fieldNamed(loop, "for")?.node), forKeys];
    yield ["forEach", fieldsOf(parsed, fieldNamed(loop, "forEach")?.node), forEachKeys];
  }
}

/** After a syntax error nobody knows what is missing. */
const isMisread = ({ parsed }: DocumentModel) => parsed.problems.some(({ kind }) => kind !== "tag");

export const structureRules: readonly LintRule[] = [
  {
    id: "document-shape",
    severity: "error",
    demands: "The document is a map, and phases, steps, parameters and constants are lists of maps.",
    source: awsPages.schema,
    check: ({ text, parsed, document }, report) => {
      if (!document.isMap) {
        if (parsed.problems.length > 0) return;
        const message =
          text.trim() === ""
            ? "The document is empty. It needs schemaVersion and phases."
            : "The document must be a map with schemaVersion and phases.";
        report([0, Math.min(text.length, 1)], message);
        return;
      }
      const lists: [string, Field | undefined][] = [
        ["parameters", fieldNamed(document.fields, "parameters")],
        ["constants", fieldNamed(document.fields, "constants")],
        ["phases", fieldNamed(document.fields, "phases")],
        ...document.phases.map((phase): [string, Field | undefined] => [
          "steps",
          fieldNamed(phase.fields, "steps"),
        ]),
      ];
      for (const [name, field] of lists) {
        if (!field) continue;
        const items = itemsOf(parsed, field.node);
        if (!items) {
          report(field.keyRange, `${name} must be a list: each item starts with a dash.`);
          continue;
        }
        for (const item of items) {
          if (!isMap(item))
            report(item ? rangeOf(item) : field.keyRange, `Each item of ${name} must be a map.`);
        }
      }
    },
  },
  {
    id: "schema-version",
    severity: "error",
    demands: "schemaVersion is 1.0.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      if (!document.isMap) return;
      const field = fieldNamed(document.fields, "schemaVersion");
      if (!field) {
        if (isMisread(document)) return;
        const at = document.fields[0]?.keyRange ?? [0, 1];
        const json = document.parsed.format === "json";
        const insert = json ? '"schemaVersion": 1.0, ' : "schemaVersion: 1.0\n";
        report(
          at,
          "schemaVersion is missing. It must be 1.0.",
          replaceFix("Add schemaVersion: 1.0", [at[0], at[0]], insert),
        );
        return;
      }
      const version = scalarText(field.node);
      if (version === "1.0" || version === "1") return;
      report(
        field.range,
        `schemaVersion must be 1.0, not ${version ?? "empty"}.`,
        version === null ? undefined : replaceFix("Use 1.0", field.range, "1.0"),
      );
    },
  },
  {
    id: "unknown-key",
    severity: "error",
    demands: "Documents, phases, steps, loops, parameters and constants have only the keys AWSTOE knows.",
    source: awsPages.schema,
    check: (context, report) => {
      for (const [what, fields, keys] of fixedMaps(context)) {
        const names = keys.map((key) => key.name);
        for (const field of fields) {
          if (names.includes(field.key)) continue;
          const meant = sameButCase(names, field.key);
          report(
            field.keyRange,
            meant
              ? `${field.key} is not a key of ${what}. Did you mean ${meant}? Keys are case-sensitive.`
              : `${field.key} is not a key of ${what}. It can have ${either(names)}.`,
            meant ? replaceFix(`Rename to ${meant}`, field.keyRange, meant) : undefined,
          );
        }
      }
    },
  },
  {
    id: "missing-key",
    severity: "error",
    demands: "A document has phases, a phase has a name and steps, a step has a name and an action.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      if (document.isMap && !fieldNamed(document.fields, "phases") && !isMisread(document)) {
        report(document.fields[0]?.keyRange ?? [0, 1], "phases is missing: the document does nothing.");
      }
      for (const phase of document.phases) {
        const at: readonly [number, number] = phase.fields[0]?.keyRange ?? phase.range;
        if (phase.name === null) report(at, "This phase has no name, for example build.");
        const steps = fieldNamed(phase.fields, "steps");
        if (!steps) report(at, `Phase ${phase.name ?? ""} has no steps.`);
        else if (itemsOf(document.parsed, steps.node)?.length === 0) {
          report(steps.range, `Phase ${phase.name ?? ""} has an empty list of steps.`);
        }
      }
      for (const step of document.steps) {
        const at = step.fields[0]?.keyRange ?? step.range;
        if (step.name === null) report(at, "This step has no name.");
        if (step.action === null) report(at, `The ${stepLabel(step)} has no action: name the module to run.`);
      }
    },
  },
  {
    id: "disable-logging",
    severity: "error",
    demands: "disableLogging is true or false.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      for (const { fields } of [document, ...document.phases, ...document.steps]) {
        const field = fieldNamed(fields, "disableLogging");
        if (field && typeof scalarValue(field.node) !== "boolean")
          report(field.range, "disableLogging must be true or false.");
      }
    },
  },
  {
    id: "no-runnable-phase",
    severity: "error",
    demands: "At least one phase is build, validate or test.",
    source: awsPages.documents,
    check: ({ parsed, document }, report) => {
      const phases = fieldNamed(document.fields, "phases");
      if (!phases || !itemsOf(parsed, phases.node) || isMisread(document)) return;
      const runnable: readonly (string | null)[] = runnablePhases;
      if (document.phases.some((phase) => runnable.includes(phase.name))) return;
      report(phases.keyRange, "No phase is named build, validate or test, so AWSTOE refuses the document.");
    },
  },
];
