import { z } from "zod";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { TEMPLATES } from "./draft-templates";

const part = z.looseObject({});
const existing = <Use extends string>(use: Use) => z.looseObject({ use: z.literal(use), arn: z.string() });

/** The frame of a draft: what stands in its fields may be wrong, a draft keeps it as typed. */
export const draftContentSchema = z.object({
  details: part,
  recipe: z.union([
    z.object({
      use: z.literal("existing"),
      kind: z.enum(["image-recipe", "container-recipe"]),
      arn: z.string(),
    }),
    z.object({ use: z.enum(["image-recipe", "container-recipe"]), input: part }),
  ]),
  components: z.array(part).max(50, "At most 50 components in one draft."),
  infrastructure: z.union([existing("existing"), z.object({ use: z.literal("new"), input: part })]),
  distribution: z.union([
    z.object({ use: z.literal("none") }),
    existing("existing"),
    z.object({ use: z.literal("new"), input: part }),
  ]),
});

export const draftIdField = z.uuid("This is not the address of a draft.");
export const draftKeySchema = z.object({ id: draftIdField });

const partsField = z.enum(["same", "copied"]);

/**
 * What a new draft begins with: nothing, a template, or what exists. `parts` says whether what that is made of is
 * used as it is or made anew.
 */
export const draftOriginSchema = z.union([
  z.object({ from: z.literal("nothing") }),
  z.object({ from: z.literal("template"), id: z.enum(TEMPLATES.map(({ id }) => id)) }),
  z.object({ from: z.literal("pipeline"), name: z.string(), parts: partsField }),
  z.object({
    from: z.literal("recipe"),
    kind: z.enum(["image-recipe", "container-recipe"]),
    arn: z.string(),
    parts: partsField,
  }),
  z.object({ from: z.literal("build"), key: imageBuildKeySchema }),
]);
export type DraftOrigin = z.infer<typeof draftOriginSchema>;
