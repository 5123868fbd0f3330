import { z } from "zod";
import { wholeNumberField } from "@/lib/definitions/field-schemas";
import { startRollOutSchema } from "../roll-outs/schemas";
import { MOST_GROUPS } from "./judge-series";

const TWO_WEEKS_MIN = 20_160;

const gateSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("person") }),
  z.strictObject({ by: z.literal("time"), minutes: wholeNumberField("The wait", 0, TWO_WEEKS_MIN) }),
]);

/** Groups in the order in which they are rolled out to. */
export const startSeriesSchema = z.strictObject({
  groups: z
    .array(startRollOutSchema.extend({ gate: gateSchema }))
    .min(2, "Choose at least two groups.")
    .max(MOST_GROUPS, `Choose at most ${MOST_GROUPS} groups.`)
    .refine(
      (all) => new Set(all.map(({ region, group }) => JSON.stringify([region, group]))).size === all.length,
      "List each group only once.",
    ),
});

/** One by its address; what is no ID is none that there is. */
export const seriesKeySchema = z.object({ id: z.string().max(64) });

/** A group of it by its place, from 0: what somebody looked at when they decided. */
export const seriesStepSchema = z.object({
  id: z.string().max(64),
  position: z.int().min(0).max(MOST_GROUPS),
});
