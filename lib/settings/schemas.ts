import { z } from "zod";

const wanted = (what: string) => z.string(`Enter ${what}.`).trim();

/** What an administrator enters; `lib/config` holds the rules of each member. */
export const savedTargetSchema = z.object({
  id: wanted("an ID"),
  label: wanted("a name"),
  accountId: wanted("an account ID"),
  region: wanted("a Region"),
  roleArn: z.string().trim().optional(),
  externalId: z.string().trim().optional(),
  /** Empty: none is said. */
  environment: z.string().trim().optional(),
  /** Absent: no metrics are sent. */
  cloudWatchPipelines: z.number("Enter a whole number.").optional(),
  /** True where it changes one that was added before. */
  isChange: z.boolean().optional(),
});

export const removedTargetSchema = z.object({ id: wanted("an ID") });
