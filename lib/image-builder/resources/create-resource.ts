import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { rawJson } from "@/lib/aws/raw-json";
import { ConsoleFailure } from "@/lib/core/failure";
import {
  clientTokenField,
  jsonObjectField,
  RESOURCE_SCHEMAS,
  resourceKindField,
} from "@/lib/definitions/schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { authorizeLifecycleChange } from "../lifecycle/change-lifecycle-policy";
import { toFieldFailure } from "./field-failure";
import { RESOURCE_CALLS } from "./resource-calls";

const inputSchema = z.object({
  kind: resourceKindField,
  input: jsonObjectField,
  clientToken: clientTokenField.optional(),
});

/**
 * Creates a resource, or a version of one. `input` is what CreateX of the kind takes; members unknown to the
 * console are sent too. The same `clientToken` twice makes one resource. Gives the ARN as AWS answered.
 */
export const createResource = useCase(
  "create-resource",
  inputSchema,
  async ({ ctx, input: { kind, input: content, clientToken = randomUUID() } }): Promise<{ arn: string }> => {
    if (kind === "lifecycle-policy") await authorizeLifecycleChange(ctx, nameIn(content), content);
    RESOURCE_SCHEMAS[kind].parse(content);
    const resource = nameIn(content);
    const { create, arnMember } = RESOURCE_CALLS[kind];

    return recordWrite(ctx, "create-resource", { resource, input: { kind, ...content } }, async () => {
      const body = { ...content, clientToken };
      const answer = await ctx.aws.imageBuilder.write(create(body), { body }).catch((error: unknown) => {
        throw toFieldFailure(error, Object.keys(content));
      });
      const arn = rawJson(answer)?.[arnMember];
      if (typeof arn !== "string")
        throw new ConsoleFailure({ code: "unexpected", message: "AWS answered without an ARN." });
      return { value: { arn }, after: { arn }, awsRequestId: requestIdOf(answer) };
    });
  },
);

const nameIn = (content: JsonObject | undefined) => String(content?.name ?? "");
