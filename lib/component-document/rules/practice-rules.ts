import { awsPages } from "goldsmith-languages/component";
import { fieldNamed, isCheck, stepLabel } from "../document-model";
import type { LintContext, LintRule } from "../lint-rule";
import { type Field, scalarText, scalarValue } from "../parse-document";

const steps = ({ document }: LintContext, action: string) =>
  document.steps.filter((step) => step.action === action);

const isTrue = (field: Field | undefined) =>
  scalarValue(field?.node) === true || scalarText(field?.node) === "true";

export const practiceRules: readonly LintRule[] = [
  {
    id: "phase-never-runs",
    severity: "warning",
    demands: "Image Builder runs the phases build, validate, test and container-host-test.",
    source: awsPages.components,
    check: ({ document }, report) => {
      for (const phase of document.phases) {
        if (phase.name === null || phase.stage) continue;
        report(
          phase.nameRange,
          `Image Builder never runs a phase named ${phase.name}. Only AWSTOE on its own does.`,
        );
      }
    },
  },
  {
    id: "mixed-test-phase",
    severity: "warning",
    demands: "Tests are in a component of their own: one whose only phase is test.",
    source: awsPages.components,
    check: ({ document }, report) => {
      const test = document.phases.find((phase) => phase.name === "test");
      if (!test || !document.phases.some((phase) => phase.stage === "build")) return;
      const message =
        "With build or validate beside it this makes a BUILD component, which recipes list among their build components. Its test phase still runs in the test stage.";
      report(test.nameRange, message);
    },
  },
  {
    id: "no-validate-phase",
    severity: "warning",
    demands: "What build does is checked by validate.",
    source: awsPages.components,
    check: ({ document }, report) => {
      const build = document.phases.find((phase) => phase.name === "build");
      if (!build || document.phases.some((phase) => phase.name === "validate")) return;
      report(build.nameRange, "No validate phase. Add one to catch bad images early.");
    },
  },
  {
    id: "ignored-validation",
    severity: "warning",
    demands: "A failed check fails the build.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        const field = fieldNamed(step.fields, "onFailure");
        if (!isCheck(step.phase.name) || scalarText(field?.node) !== "Ignore" || !field) continue;
        report(field.range, `The ${stepLabel(step)} checks something and then ignores the answer.`);
      }
    },
  },
  {
    id: "update-os-packages",
    severity: "info",
    demands: "UpdateOS uses yum or apt-get, which Amazon Linux 2023 does not have.",
    source: awsPages.modules,
    check: (context, report) => {
      const windows = context.platform === "Windows" || steps(context, "ExecutePowerShell").length > 0;
      if (windows) return;
      for (const step of steps(context, "UpdateOS")) {
        report(
          step.actionRange,
          "UpdateOS does not work on Amazon Linux 2023. Use ExecuteBash with dnf there.",
        );
      }
    },
  },
  {
    id: "retired-inspector",
    severity: "warning",
    demands: "The Inspector Classic components no longer work.",
    source: awsPages.inspector,
    check: (context, report) => {
      for (const step of steps(context, "ExecuteDocument")) {
        for (const { fields } of step.inputGroups) {
          const field = fieldNamed(fields, "document");
          if (!field || !/inspector-test-(linux|windows)/i.test(scalarText(field.node) ?? "")) continue;
          report(field.range, "Inspector Classic has ended. Turn on image scanning in the pipeline instead.");
        }
      }
    },
  },
  {
    id: "printed-file",
    severity: "warning",
    demands: "ReadFile does not print what it reads.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const { fields } of steps(context, "ReadFile").flatMap((step) => step.inputGroups)) {
        const field = fieldNamed(fields, "printFileContent");
        if (field && isTrue(field))
          report(field.range, "The whole file lands in the log. Keep this off for secrets.");
      }
    },
  },
  {
    id: "insecure-download",
    severity: "warning",
    demands: "WebDownload uses https.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const { fields } of steps(context, "WebDownload").flatMap((step) => step.inputGroups)) {
        const source = fieldNamed(fields, "source");
        if (source && /^http:\/\//i.test(scalarText(source.node) ?? "")) {
          report(source.range, "Anyone on the way can change what http:// brings. Use https://.");
        }
      }
    },
  },
  {
    id: "unchecked-download",
    severity: "warning",
    demands: "WebDownload checks what it has downloaded.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const { fields } of steps(context, "WebDownload").flatMap((step) => step.inputGroups)) {
        const source = fieldNamed(fields, "source");
        if (!source || fieldNamed(fields, "checksum")) continue;
        report(source.keyRange, "Nothing checks that this is the right file. Give checksum and algorithm.");
      }
    },
  },
  {
    id: "ignored-certificate",
    severity: "warning",
    demands: "Certificates are checked.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const { fields } of steps(context, "WebDownload").flatMap((step) => step.inputGroups)) {
        const field = fieldNamed(fields, "ignoreCertificateErrors");
        if (field && isTrue(field)) report(field.range, "Any server can pretend to be this one. Remove it.");
      }
    },
  },
  {
    id: "secret-name",
    severity: "warning",
    demands: "Secrets are fetched while the step runs, never passed as parameters.",
    source: awsPages.variables,
    check: ({ document }, report) => {
      const secret =
        /pass(word|wd|phrase)|secret(?!s?manager)|token|private[-_]?key|(api|access|licen[cs]e)[-_]?key|credential/i;
      const place = /(name|id|arn|path|uri|url|source|region|bucket|file|parameter)$/i;
      for (const { kind, name, nameRange } of document.variables) {
        if (!secret.test(name) || place.test(name)) continue;
        const message = `The value of a ${kind} is kept in clear in CloudTrail, the recipe and the log. Keep the secret in Parameter Store or Secrets Manager, read it with {{ aws:ssm:/name }} and set disableLogging.`;
        report(nameRange, message);
      }
    },
  },
  {
    id: "secret-value",
    severity: "warning",
    demands: "No secret is written in the document: everyone who may read the component can read it.",
    source: awsPages.bestPractices,
    check: ({ text }, report) => {
      const secrets =
        /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{36}\b|\b(?:password|passwd|secret|api_?key|token)\s*=\s*(['"])(?![$<{*%])[^'"\s]{6,}\1/gi;
      for (const match of text.matchAll(secrets)) {
        const message =
          "This looks like a secret. Keep it in Parameter Store or Secrets Manager, read it with {{ aws:ssm:/name }} and set disableLogging.";
        report([match.index, match.index + match[0].length], message);
      }
    },
  },
  {
    id: "secret-short-way",
    severity: "info",
    demands: "AWSTOE reads Parameter Store and Secrets Manager itself.",
    source: awsPages.variables,
    check: ({ scripts }, report) => {
      const fetches =
        /\baws\s+(?:--\S+\s+\S+\s+)*(?:ssm\s+get-parameters?\b|secretsmanager\s+get-secret-value\b)|\bGet-SSMParameter(?:Value)?\b|\bGet-SECSecretValue\b/i;
      for (const { lines } of scripts) {
        for (const { text, from } of lines) {
          const match = fetches.exec(text);
          if (!match) continue;
          const message =
            "There is a short way: {{ aws:ssm:/name }} reads a parameter, and {{ aws:ssm:/aws/reference/secretsmanager/name }} a secret. With disableLogging: true the step keeps it out of the log.";
          report([from + match.index, from + match.index + match[0].length], message);
        }
      }
    },
  },
];
