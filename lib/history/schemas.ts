import { z } from "zod";

const day = z.iso.date("A day is written 2026-11-21.");
const text = z.string().min(1).max(200).optional();
const after = z
  .string()
  .regex(/^\d{1,16}-\d{1,16}$/)
  .optional();
const DEFAULT_DAYS = 30;
/** Ten years: further back a range is cut off. */
export const MOST_DAYS = 3660;

/** What every question takes: which builds, and when. */
export const historyQuestionSchema = z.object({
  /** Every target of the console that the actor may see, not only the opened one. */
  targets: z.enum(["this", "all"]).default("this"),
  pipeline: text,
  /** The last days up to today, unless `from` and `to` say which. */
  days: z.coerce.number().int().min(1).max(MOST_DAYS).default(DEFAULT_DAYS),
  from: day.optional(),
  to: day.optional(),
});

export const historyBuildsSchema = historyQuestionSchema.extend({
  result: z.enum(["running", "succeeded", "failed", "cancelled"]).optional(),
  rule: text,
  component: text,
  /** In which it failed; `ran`: a step that it has gone through, good or not. */
  step: text,
  ran: text,
  stage: text,
  instanceType: text,
  after,
});

/** Which builds somebody looks for, over everything that is kept. */
export const findBuildsSchema = z.object({
  targets: z.enum(["this", "all"]).default("this"),
  /** What `q` is: words of names, version, AMIs, base image or recipe; the beginning of a package; a CVE. */
  by: z.enum(["text", "package", "cve"]).default("text"),
  q: z.string().max(200).optional(),
  pipeline: text,
  result: z.enum(["running", "succeeded", "failed", "cancelled"]).optional(),
  platform: text,
  from: day.optional(),
  to: day.optional(),
  /** Where the page before ended. */
  after,
});
export type BuildsToFind = z.input<typeof findBuildsSchema>;
export type BuildsAsked = z.output<typeof findBuildsSchema>;

/** A question as its answer gets it. */
export type HistoryAsked = z.output<typeof historyQuestionSchema>;
export type HistoryBuildsAsked = z.output<typeof historyBuildsSchema>;

export const historyExportSchema = historyBuildsSchema.extend({ format: z.enum(["csv", "json"]) });

export const freshnessTargetSchema = z.object({
  name: z.string().min(1).max(200),
  days: z
    .number({ error: "Days must be a whole number." })
    .int("Days must be a whole number.")
    .min(1, "At least 1 day.")
    .max(3650, "At most 3650 days.")
    .optional(),
});
