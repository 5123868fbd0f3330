import { z } from "zod";
import { imageBuildKeySchema } from "../image-builds/schemas";
import { REASON_MAX_CHARACTERS } from "./types";

export const waitingStepAnswerSchema = z
  .object({
    build: imageBuildKeySchema,
    stepExecutionId: z.string().regex(/^step-[0-9a-f-]{36}$/, "This is no id of a step execution."),
    action: z.enum(["RESUME", "STOP"], "Choose to approve or reject."),
    reason: z
      .string()
      .trim()
      .max(REASON_MAX_CHARACTERS, `A reason can have at most ${REASON_MAX_CHARACTERS} characters.`)
      .optional(),
  })
  .refine(({ action, reason }) => action === "RESUME" || Boolean(reason), {
    path: ["reason"],
    message: "Enter a reason. It is shown as the reason for the build's failure.",
  });
