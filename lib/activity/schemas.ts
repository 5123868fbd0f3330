import { z } from "zod";
import { ACTIVITY_KINDS, ACTIVITY_OUTCOMES } from "./types";

const LONGEST = 300;
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const partField = (what: string) =>
  optional(z.string().max(LONGEST, `${what} can have at most ${LONGEST} characters.`));

/** Where a page begins: for each source that has more, the first row that was not shown. */
const CURSOR =
  /^(c(?<change>\d{1,15}))?(b(?<buildMs>\d{1,15})-(?<build>\d{1,18}))?(r(?<rollOutMs>\d{1,15})-(?<rollOut>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/;

export type ActivityCursor = {
  change?: number;
  build?: { atMs: number; id: string };
  rollOut?: { atMs: number; id: string };
};

export const activitySchema = z.object({
  kind: optional(z.enum(ACTIVITY_KINDS, "The kind must be change, build, or roll-out.")),
  who: partField("The person"),
  outcome: optional(
    z.enum(ACTIVITY_OUTCOMES, `The outcome must be one of these: ${ACTIVITY_OUTCOMES.join(", ")}.`),
  ),
  name: partField("The name"),
  from: optional(
    z
      .string()
      .max(120)
      .regex(CURSOR, "This page does not exist. Go back to the latest activity.")
      .transform(readCursor),
  ),
});

/** Over all accounts only the latest are listed: older ones are on each account's own page. */
export const allActivitySchema = activitySchema.omit({ from: true });

export type ActivityInput = z.output<typeof activitySchema>;

function readCursor(text: string): ActivityCursor {
  const { change, buildMs, build, rollOutMs, rollOut } = CURSOR.exec(text)?.groups ?? {};
  return {
    ...(change !== undefined && { change: Number(change) }),
    ...(build !== undefined && { build: { atMs: Number(buildMs), id: build } }),
    ...(rollOut !== undefined && { rollOut: { atMs: Number(rollOutMs), id: rollOut } }),
  };
}

/** A cursor as text; undefined where no source has more. */
export function writeCursor({ change, build, rollOut }: ActivityCursor): string | undefined {
  const text = [
    change !== undefined && `c${change}`,
    build && `b${build.atMs}-${build.id}`,
    rollOut && `r${rollOut.atMs}-${rollOut.id}`,
  ]
    .filter(Boolean)
    .join("");
  return text === "" ? undefined : text;
}
