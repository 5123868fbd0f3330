import { z } from "zod";
import { wholeNumberField } from "@/lib/definitions/field-schemas";

const TWO_DAYS_S = 172_800;
const MOST_CHECKPOINTS = 100;
/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
const MOST_ALARMS = 10;
const LONGEST_ALARM = 255;

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
const preferencesSchema = z
  .strictObject({
    minHealthyPercentage: wholeNumberField("The minimum healthy percentage", 0, 100),
    maxHealthyPercentage: wholeNumberField("The maximum healthy percentage", 100, 200),
    instanceWarmup: wholeNumberField("The warm-up", 0, TWO_DAYS_S),
    skipMatching: z.boolean(),
    checkpointPercentages: z
      .array(wholeNumberField("A checkpoint", 1, 100))
      .max(MOST_CHECKPOINTS)
      .refine(
        (all) => all.every((value, index) => index === 0 || value > (all[index - 1] ?? 0)),
        "Checkpoints must be in ascending order, each once.",
      ),
    checkpointDelay: wholeNumberField("The checkpoint delay", 0, TWO_DAYS_S),
    bakeTime: wholeNumberField("The bake time", 0, TWO_DAYS_S),
    alarms: z
      .array(z.string().min(1, "Enter the name of an alarm.").max(LONGEST_ALARM))
      .max(MOST_ALARMS, `A roll-out can watch at most ${MOST_ALARMS} alarms.`)
      .refine((all) => new Set(all).size === all.length, "Name each alarm once."),
    autoRollback: z.boolean(),
    scaleInProtectedInstances: z.enum(["Refresh", "Ignore", "Wait"]),
    standbyInstances: z.enum(["Terminate", "Ignore", "Wait"]),
  })
  .refine(({ minHealthyPercentage: min, maxHealthyPercentage: max }) => max - min <= 100, {
    path: ["maxHealthyPercentage"],
    error: "The maximum can be at most 100 percent above the minimum.",
  });

/** Auto Scaling's own bounds of a group's name. */
const groupField = z.string("Name a group.").min(1, "Name a group.").max(255);
const regionField = z.string("Name a Region.").min(1, "Name a Region.").max(32);

/** A group by its address. */
export const groupKeySchema = z.object({ region: regionField, group: groupField });

export const startRollOutSchema = z.strictObject({
  region: regionField,
  group: groupField,
  to: z.union([
    z.strictObject({ version: z.int().min(1) }),
    z.strictObject({ amiId: z.string().regex(/^ami-[0-9a-f]{8,17}$/, "An AMI ID looks like ami-0abc1234.") }),
  ]),
  /** Sets a group that follows a moving version to the number it has now, so that AWS can roll back. */
  pin: z.boolean(),
  preferences: preferencesSchema,
});

/** A roll-out by its address; what is no ID is none that there is. */
export const rollOutKeySchema = z.object({ id: z.string().max(64) });
