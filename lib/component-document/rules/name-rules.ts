import { awsPages, documentLimits, documentName } from "goldsmith-languages/component";
import { isMap, isSeq } from "yaml";
import { cutText } from "@/lib/core/canonical-text";
import { fieldNamed } from "../document-model";
import { type LintRule, type Report, replaceFix, sameButCase } from "../lint-rule";
import { itemsOf, scalarText } from "../parse-document";
import type { SourceRange } from "../types";

/** Reports each name that was there before; names that are missing are another rule's business. */
function reportTwice(
  names: { name: string | null; nameRange: SourceRange }[],
  report: Report,
  say: (name: string) => string,
) {
  const seen = new Set<string>();
  for (const { name, nameRange } of names) {
    if (name === null) continue;
    if (seen.has(name)) report(nameRange, say(name));
    seen.add(name);
  }
}

export const nameRules: readonly LintRule[] = [
  {
    id: "duplicate-phase",
    severity: "error",
    demands: "Each phase has its own name.",
    source: awsPages.documents,
    check: ({ document }, report) =>
      reportTwice(document.phases, report, (name) => `There is already a phase named ${name}.`),
  },
  {
    id: "duplicate-step",
    severity: "error",
    demands: "Each step has its own name in its phase.",
    source: awsPages.documents,
    check: ({ document }, report) => {
      for (const phase of document.phases) {
        reportTwice(
          phase.steps,
          report,
          (name) =>
            `Phase ${phase.name ?? ""} already has a step named ${name}. References could not tell them apart.`,
        );
      }
    },
  },
  {
    id: "duplicate-loop",
    severity: "error",
    demands: "Each loop name is used once in its phase.",
    source: awsPages.loops,
    check: ({ document }, report) => {
      for (const phase of document.phases) {
        reportTwice(
          phase.steps.map((step) => ({
            name: step.loopName,
            nameRange: fieldNamed(step.fields, "loop")?.keyRange ?? step.nameRange,
          })),
          report,
          (name) => `Phase ${phase.name ?? ""} already has a loop named ${name}.`,
        );
      }
    },
  },
  {
    id: "duplicate-variable",
    severity: "error",
    demands: "Each parameter and constant has its own name.",
    source: awsPages.variables,
    check: ({ document }, report) =>
      reportTwice(
        document.variables,
        report,
        (name) => `There is already a parameter or constant named ${name}.`,
      ),
  },
  {
    id: "name-characters",
    severity: "error",
    demands: "Names of phases and steps have 3 to 128 letters, digits, dashes or underscores.",
    source: documentName.link,
    check: ({ document }, report) => {
      for (const { name, nameRange } of [...document.phases, ...document.steps]) {
        if (name === null || documentName.pattern.test(name)) continue;
        // A space in the middle is the usual reason, and a fix that nobody needs to think about.
        const meant = name.trim().replace(/[^A-Za-z0-9_-]+/g, "-");
        const used = [...document.phases, ...document.steps].some((other) => other.name === meant);
        const isCertain = documentName.pattern.test(meant) && !used;
        report(
          nameRange,
          `AWSTOE refuses the name ${cutText(name, 140)}: it must have ${documentName.words}.`,
          isCertain ? replaceFix(`Rename to ${meant}`, nameRange, meant) : undefined,
        );
      }
    },
  },
  {
    id: "variable-name",
    severity: "error",
    demands: "Names of parameters and constants have 3 to 128 letters, digits, dashes or underscores.",
    source: awsPages.variables,
    check: ({ document }, report) => {
      for (const { name, nameRange } of document.variables) {
        if (documentName.pattern.test(name)) continue;
        report(nameRange, `A name must have ${documentName.words}.`);
      }
    },
  },
  {
    id: "variable-definition",
    severity: "error",
    demands: "A parameter or constant has the type string, and a constant has a value.",
    source: awsPages.variables,
    check: ({ parsed, document }, report) => {
      for (const variable of document.variables) {
        const { kind, name, nameRange, fields } = variable;
        if (!isMap(variable.node)) {
          report(nameRange, `${name} must be a map with type${kind === "constant" ? " and value" : ""}.`);
          continue;
        }
        const typeField = fieldNamed(fields, "type");
        const type = scalarText(typeField?.node);
        if (type === null) report(nameRange, `${name} has no type. The only type is string.`);
        else if (type !== "string" && typeField) {
          const fix = sameButCase(["string"], type) && replaceFix("Use string", typeField.range, "string");
          report(typeField.range, `${name} has the type ${type}. The only type is string.`, fix || undefined);
        }
        const valueKey = kind === "parameter" ? "default" : "value";
        const valueField = fieldNamed(fields, valueKey);
        if (kind === "constant" && variable.value === null) report(nameRange, `${name} has no value.`);
        if (isMap(valueField?.node) || isSeq(valueField?.node)) {
          report(valueField.range, `The ${valueKey} of ${name} must be text.`);
        }
        const allowed = itemsOf(parsed, fieldNamed(fields, "allowedValues")?.node)?.map(scalarText);
        if (kind === "parameter" && allowed && variable.value !== null && !allowed.includes(variable.value)) {
          report(valueField?.range ?? nameRange, `The default of ${name} is not one of its allowedValues.`);
        }
      }
    },
  },
  {
    id: "parameter-value",
    severity: "error",
    demands: "Every parameter without a default gets a value, and no value is for an unknown parameter.",
    source: awsPages.parameters,
    check: ({ parsed, document, parameters }, report) => {
      if (!parameters) return;
      const declared = document.variables.filter((variable) => variable.kind === "parameter");
      for (const variable of declared) {
        const value = Object.hasOwn(parameters, variable.name) ? parameters[variable.name] : undefined;
        if (value === undefined) {
          if (variable.value === null) {
            report(variable.nameRange, `${variable.name} has no default, so it needs a value.`);
          }
          continue;
        }
        const allowed = itemsOf(parsed, fieldNamed(variable.fields, "allowedValues")?.node)?.map(scalarText);
        if (allowed && !allowed.includes(value)) {
          report(
            variable.nameRange,
            `The value ${value} is not one of the allowedValues of ${variable.name}.`,
          );
        }
      }
      const names = new Set(declared.map((variable) => variable.name));
      const at = fieldNamed(document.fields, "parameters")?.keyRange ?? [0, 1];
      for (const name of Object.keys(parameters)) {
        if (!names.has(name))
          report(at, `A value is given for ${name}, which is not a parameter of the document.`);
      }
    },
  },
  {
    id: "parameter-limits",
    severity: "warning",
    demands:
      "A component has at most 25 parameters, with values of at most 1,024 characters, unless the quotas were raised.",
    source: documentLimits.link,
    check: ({ document, parameters = {} }, report) => {
      const declared = document.variables.filter((variable) => variable.kind === "parameter");
      const over = declared[documentLimits.parameters];
      if (over)
        report(
          over.nameRange,
          `The document has ${declared.length} parameters. The default quota is ${documentLimits.parameters}.`,
        );
      for (const { name, nameRange, value } of declared) {
        const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
        const longest = Math.max(value?.length ?? 0, given?.length ?? 0);
        if (longest <= documentLimits.parameterCharacters) continue;
        report(nameRange, `The value of ${name} has ${longest} characters. The default quota is 1,024.`);
      }
    },
  },
];
