import { z } from "zod";
import { IMAGE_OWNERS } from "@/lib/core/resource-names";

export const imageOwnerField = z.enum(IMAGE_OWNERS).default("Self");

export const imageNameSchema = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9._-]{1,128}$/, "An image's name in an address is lower case, with hyphens."),
  owner: imageOwnerField,
});
