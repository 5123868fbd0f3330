import { z } from "zod";
import { imageBuildKeySchema } from "../image-builds/schemas";

/** A workflow step of a build. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_GetWorkflowStepExecution.html */
export const stepOfBuildSchema = imageBuildKeySchema.extend({
  step: z.string().regex(/^step-[0-9a-f-]{36}$/, "A step's id begins with step-."),
});
export type StepOfBuild = z.output<typeof stepOfBuildSchema>;
