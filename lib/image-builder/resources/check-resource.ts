import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { isFinding } from "@/lib/definitions/document-findings";
import { jsonObjectField, RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { toFieldFailure } from "./field-failure";
import { RESOURCE_CALLS } from "./resource-calls";

const inputSchema = z.object({ kind: z.enum(["component", "workflow"]), input: jsonObjectField });

/**
 * Asks AWS whether it would take a component or workflow, and creates nothing. AWS answers a good one with an
 * error of its own (412): https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export const checkResource = useCase(
  "check-resource",
  inputSchema,
  async ({ ctx, input: { kind, input: content } }): Promise<null> => {
    // What is asked is what AWS thinks of the document, so the linter's own judgment stops nothing.
    const { error: wrong } = RESOURCE_SCHEMAS[kind].safeParse(content);
    const issues = wrong?.issues.filter((issue) => !isFinding(issue)) ?? [];
    if (issues.length > 0) throw new z.ZodError(issues);
    const body = { ...content, clientToken: randomUUID(), dryRun: true };
    try {
      await ctx.aws.imageBuilder.write(RESOURCE_CALLS[kind].create(body), { body });
    } catch (error) {
      if (error instanceof ConsoleFailure && isDryRunPassed(error.cause)) return null;
      throw toFieldFailure(error, Object.keys(content));
    }
    throw new ConsoleFailure({
      code: "unexpected",
      message: "AWS returned no validation result.",
    });
  },
);

const isDryRunPassed = (cause: unknown) =>
  typeof cause === "object" && cause !== null && "name" in cause && cause.name === "DryRunOperationException";
