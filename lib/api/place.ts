import { z } from "zod";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Where links of an answer lead. */
export type Place = { target: string; consoleUrl: string };

export const placeOf = ({ target, settings }: UseCaseContext): Place => ({
  target: target.id,
  consoleUrl: settings.notifications.consoleUrl,
});

export const targetPath = z.object({
  target: z.string().describe("The target's ID, as in the console's addresses."),
});
