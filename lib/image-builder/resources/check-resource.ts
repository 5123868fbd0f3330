import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import { jsonObjectField, RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import type { JsonObject } from "@/lib/definitions/types";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { toFieldFailure } from "./field-failure";
import { RESOURCE_CALLS } from "./resource-calls";

const inputSchema = z.object({ kind: z.enum(["component", "workflow"]), input: jsonObjectField });

/**
 * Asks AWS whether it would take a component or workflow, and creates nothing. AWS answers a good one with an
 * error of its own (412): https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export async function checkResource({
  ctx,
  input,
}: UseCase<{ kind: Extract<ResourceKind, "component" | "workflow">; input: JsonObject }>): Promise<null> {
  await authorize(ctx, "check-resource", String(input.input?.name ?? ""));
  const { kind, input: content } = inputSchema.parse(input);
  RESOURCE_SCHEMAS[kind].parse(content);
  const body = { ...content, clientToken: randomUUID(), dryRun: true };
  try {
    await ctx.aws.imageBuilder.write(RESOURCE_CALLS[kind].create(body), { body });
  } catch (error) {
    if (error instanceof ConsoleFailure && isDryRunPassed(error.cause)) return null;
    throw toFieldFailure(error, Object.keys(content));
  }
  throw new ConsoleFailure({
    code: "unexpected",
    message: "AWS did not say whether it would take the document.",
  });
}

const isDryRunPassed = (cause: unknown) =>
  typeof cause === "object" && cause !== null && "name" in cause && cause.name === "DryRunOperationException";
