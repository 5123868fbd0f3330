import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import type { AlarmNow } from "./alarm-states";
import { readAlarms } from "./read-alarms";
import { accessIn } from "./read-roll-out-group";

/** As many as one refresh may name, of the longest names that CloudWatch takes. */
const checkAlarmsSchema = z.object({
  region: z.string().min(1).max(32),
  names: z.array(z.string().min(1).max(255)).max(10),
});

/** The states of alarms that somebody is about to have a roll-out watch. */
export const checkAlarms = useCase(
  "check-alarms",
  checkAlarmsSchema,
  async ({ ctx, input: { region, names } }): Promise<{ alarms: AlarmNow[]; reason?: string }> =>
    readAlarms(await accessIn(ctx, region), names),
);
