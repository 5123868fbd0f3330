import { z } from "zod";
import { ROLES } from "@/lib/core/actor";

const MAX_TOKEN_DAYS = 366;
const MAX_PREFIXES = 20;

export const createTokenSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Enter a name.")
    .max(60, "A name has at most 60 characters.")
    .regex(/^[^\p{C}"]*$/u, "A name has no quotation marks and no control characters."),
  kind: z.enum(["person", "service", "feed"], "Choose who uses the token."),
  role: z.enum(ROLES, "Choose a role."),
  targets: z
    .array(z.string().max(63))
    .min(1, "Choose at least one account.")
    .max(200, "At most 200 accounts; choose all instead."),
  /** Beginnings of names; none for all names. */
  namePrefixes: z
    .array(
      z
        .string()
        .trim()
        .min(1, "Enter a name prefix.")
        .max(128, "A name has at most 128 characters.")
        .regex(/^[-_A-Za-z0-9 ]*$/, "Names have letters, digits, spaces, - and _."),
    )
    .max(MAX_PREFIXES, `At most ${MAX_PREFIXES} beginnings of names.`),
  days: z
    .number("Days must be a whole number.")
    .int("Days must be a whole number.")
    .min(1, "A token lasts at least 1 day.")
    .max(MAX_TOKEN_DAYS, `A token lasts at most ${MAX_TOKEN_DAYS} days.`),
});

export const tokenIdSchema = z.object({ id: z.uuid("This token no longer exists.") });
