import {
  awsPages,
  contextKeys,
  imagePhases,
  parameterStoreName,
  refusedMetadata,
  resolvedIn,
  secretsManagerPath,
  skipFiles,
} from "goldsmith-languages/component";
import { assertCondition, ifCondition, levels } from "../document-conditions";
import { type DocumentModel, fieldNamed, isQuiet, type StepModel } from "../document-model";
import type { Reference } from "../document-references";
import { either, type LintContext, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import { scalarText } from "../parse-document";

/** Names under which people keep secrets. */
const secretWord =
  /pass(word|wd|phrase)|secret|token|private[-_]?key|(api|access|licen[cs]e)[-_]?key|credential/i;

const parametersOf = (document: DocumentModel) =>
  document.variables.filter(({ kind }) => kind === "parameter");

/** What stands in `resolve(...)`; null for a plain name, empty for a call that cannot be read. */
function resolvedName(name: string): string | null {
  if (!/\bresolve\b\s*\(/.test(name)) return null;
  return resolvedIn(`aws:ssm:${name}`) ?? "";
}

/** Why AWSTOE refuses a reference at validation; null when it takes it. */
function refusal({ target }: Reference, document: DocumentModel): string | null {
  if (target.kind !== "ssm" && target.kind !== "imds" && target.kind !== "env" && target.kind !== "context")
    return null;
  if (target.name === "") return "This reference names nothing.";
  if (target.kind === "imds") {
    const folder = target.name.replace(/^\/+/, "").split("/")[0]?.toLowerCase();
    return refusedMetadata.some((refused) => refused === folder)
      ? `AWSTOE refuses metadata below ${folder}/, which holds credentials.`
      : null;
  }
  if (target.kind !== "ssm") return null;
  const inner = resolvedName(target.name);
  if (inner === null || (inner.startsWith("aws:ssm:") && inner !== "aws:ssm:")) return null;
  const names = parametersOf(document).map(({ name }) => name);
  if (names.includes(inner)) return null;
  return inner === ""
    ? "resolve() needs the name of a parameter or an aws:ssm: reference between its brackets."
    : `resolve() takes a parameter of the document or an aws:ssm: reference. There is no parameter ${inner}.`;
}

/** What of a reference may say that it is a secret: its own path, or what the parameter it goes through holds. */
function secretIn({ target }: Reference, document: DocumentModel): string | null {
  if (target.kind !== "ssm") return null;
  const inner = resolvedName(target.name);
  const parameter = parametersOf(document).find(({ name }) => name === inner);
  const words = [inner ?? target.name, parameter?.value ?? ""];
  return words.find((word) => word.includes(secretsManagerPath) || secretWord.test(word)) ?? null;
}

/** Literal texts that IMAGE_PHASE is compared with, in conditions. */
function* comparedWithPhase({ parsed, document }: LintContext) {
  for (const step of document.steps) {
    for (const condition of [ifCondition(parsed, step), assertCondition(parsed, step)]) {
      if (!condition) continue;
      for (const { operators, others } of levels(condition)) {
        const value = fieldNamed(others, "value");
        const [operator] = operators;
        if (operator?.key !== "stringEquals" || !value) continue;
        const sides = [operator, value];
        if (sides.some(({ node }) => /\{\{\s*env:IMAGE_PHASE\s*\}\}/.test(scalarText(node) ?? "")))
          yield sides.filter(({ node }) => !scalarText(node)?.includes("{{"));
      }
    }
  }
}

const scriptPhase = /\bIMAGE_PHASE\b["'})\s]*(?:={1,2}|!=|-eq|-ne|-i?match|-like)\s*["']?([A-Za-z-]+)["']?/g;

export const runtimeReferenceRules: readonly LintRule[] = [
  {
    id: "reference-refused",
    severity: "error",
    demands:
      "References to the instance name something, never its credentials, and resolve() names a parameter.",
    source: awsPages.variables,
    check: ({ references, document }, report) => {
      for (const [reference] of references) {
        const problem = refusal(reference, document);
        if (problem) report(reference.range, problem);
      }
    },
  },
  {
    id: "parameter-store-name",
    severity: "warning",
    demands: "aws:ssm: takes a name of Parameter Store.",
    source: awsPages.variables,
    check: ({ references }, report) => {
      for (const [{ range, target }] of references) {
        if (target.kind !== "ssm" || target.name === "" || resolvedName(target.name) !== null) continue;
        if (!parameterStoreName.test(target.name))
          report(range, "No parameter can have this name: letters, digits, . _ - / and : are allowed.");
      }
    },
  },
  {
    id: "context-key",
    severity: "warning",
    demands: "context: knows twelve keys.",
    source: awsPages.variables,
    check: ({ references }, report) => {
      const names = contextKeys.map(({ name }) => name);
      for (const [{ range, target }] of references) {
        if (target.kind !== "context" || target.name === "" || names.includes(target.name)) continue;
        const meant = sameButCase(names, target.name);
        const hint = target.name === "instanceId" ? " Use {{ aws:imds:instance-id }}." : "";
        report(
          range,
          `context: has no ${target.name}, only ${either(names)}.${hint}`,
          meant ? replaceFix(`Use ${meant}`, range, `{{ context:${meant} }}`) : undefined,
        );
      }
    },
  },
  {
    id: "secret-logged",
    severity: "warning",
    demands: "A step that reads a secret keeps its output out of the log.",
    source: awsPages.variables,
    check: ({ references, document }, report) => {
      const told = new Set<StepModel>();
      for (const [reference, step] of references) {
        if (told.has(step) || isQuiet(document, step) || secretIn(reference, document) === null) continue;
        told.add(step);
        report(
          reference.range,
          "This looks like a secret, and what the step prints is logged. Set disableLogging: true on the step.",
        );
      }
    },
  },
  {
    id: "image-phase",
    severity: "warning",
    demands: "IMAGE_PHASE is BUILDING or TESTING, never the name of a phase.",
    source: awsPages.variables,
    check: (context, report) => {
      const isPhase = (text: string) => imagePhases.some((phase) => phase === text);
      const say = `IMAGE_PHASE is ${either(imagePhases)}, so this never matches.`;
      for (const fields of comparedWithPhase(context)) {
        for (const { node, range } of fields) if (!isPhase(scalarText(node) ?? "")) report(range, say);
      }
      for (const script of context.scripts) {
        for (const { text, from } of script.lines) {
          for (const match of text.matchAll(scriptPhase)) {
            if (isPhase(match[1] ?? "")) continue;
            report([from + match.index, from + match.index + match[0].length], say);
          }
        }
      }
    },
  },
  {
    id: "skip-file",
    severity: "warning",
    demands: "A file that keeps a part of the clean-up from running has no extension.",
    source: skipFiles.link,
    check: ({ text }, report) => {
      const names = new RegExp(`\\b(${skipFiles.names.join("|")})\\.[A-Za-z0-9]+\\b`, "g");
      for (const match of text.matchAll(names)) {
        const range = [match.index, match.index + match[0].length] as const;
        const name = match[1] ?? "";
        report(
          range,
          `The clean-up looks for ${name} without an extension.`,
          replaceFix(`Use ${name}`, range, name),
        );
      }
    },
  },
];
