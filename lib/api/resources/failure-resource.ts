import { z } from "zod";
import type { Diagnosis } from "@/lib/build-log/diagnosis/types";
import type { LogExcerpt } from "@/lib/build-log/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { named } from "../operation";
import type { Place } from "../place";

export const failureSchema = named(
  "Failure",
  z.object({
    stage: z.string().optional(),
    workflowStep: z.string().optional(),
    component: z.string().optional(),
    phase: z.string().optional(),
    step: z.string().optional(),
    exitCode: z.int().optional(),
    cause: z
      .object({
        title: z.string(),
        cause: z.string(),
        fix: z.string(),
        confidence: z.enum(["certain", "likely"]),
        rule: z.string().describe("ID of the diagnosis rule."),
      })
      .optional()
      .describe("Absent where no rule explains the failure: see `checklist`."),
    evidence: z
      .object({ text: z.string(), line: z.int().optional() })
      .optional()
      .describe("What shows the failure best; `line` is its line in the log, from 1."),
    lines: z
      .array(z.object({ number: z.int(), text: z.string() }))
      .describe("The lines of the log around the evidence, or the last ones of the failed step."),
    checklist: z.array(z.string()).describe("How to find out, where no rule says why."),
    notKnown: z.array(z.string()).describe("What could not be read, and why."),
    url: z.string().describe("The build's page in the console, at the line."),
  }),
);

export function toApiFailure(
  { failed, evidence, rule, checklist }: Diagnosis,
  excerpt: LogExcerpt,
  key: ImageBuildKey,
  { target, consoleUrl }: Place,
): Omit<z.output<typeof failureSchema>, "notKnown"> {
  const { stage, workflowStep, component, phase, step, exitCode } = failed;
  const page = evidence?.line ? urls.buildLogLine(target, key, evidence.line) : urls.imageBuild(target, key);
  return {
    ...{ stage, workflowStep, component, phase, step, exitCode },
    cause: rule && {
      title: rule.title,
      cause: rule.cause,
      fix: rule.fix,
      confidence: rule.confidence,
      rule: rule.id,
    },
    evidence: evidence && { text: evidence.text, line: evidence.line },
    lines: excerpt.lines,
    checklist,
    url: `${consoleUrl}${page}`,
  };
}
