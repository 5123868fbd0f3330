import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { jsonObjectField, RESOURCE_SCHEMAS, resourceKindField } from "@/lib/definitions/schemas";
import { toResourceSummary } from "@/lib/definitions/to-resource-summary";
import { writableMembers } from "@/lib/definitions/writable-members";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { authorizeLifecycleChange } from "../lifecycle/change-lifecycle-policy";
import { toFieldFailure } from "./field-failure";
import { findResource } from "./find-resource";
import { readResource } from "./read-resource";
import { RESOURCE_CALLS } from "./resource-calls";

const inputSchema = z.object({
  kind: resourceKindField,
  name: z.string(),
  input: jsonObjectField,
  basedOn: z.string().optional(),
});

/**
 * Replaces a resource as a whole, as AWS's updates do: `input` holds every member it is to have, unknown ones
 * included. `basedOn` is the `updatedAt`, or else the `createdAt`, that the person saw; throws `conflict` when AWS has a newer one.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_UpdateInfrastructureConfiguration.html
 */
export const updateResource = useCase(
  "update-resource",
  inputSchema,
  async ({ ctx, input: { kind, name, input: content, basedOn } }): Promise<null> => {
    if (kind === "lifecycle-policy") await authorizeLifecycleChange(ctx, name, content);
    const { update, arnMember } = RESOURCE_CALLS[kind];
    if (!update) {
      throw new ConsoleFailure({
        code: "invalid",
        message: `A ${KIND_FACTS[kind].one} can't be changed. Create a new version.`,
      });
    }
    RESOURCE_SCHEMAS[kind].parse({ ...content, name });

    const { found } = await findResource(ctx, { kind, name });
    const before = await readResource(ctx, kind, found.arn);
    const { updatedAt, createdAt } = toResourceSummary(kind, before) ?? {};
    const changedAt = updatedAt ?? createdAt;
    if (basedOn !== undefined && changedAt !== undefined && basedOn !== changedAt) {
      throw new ConsoleFailure({
        code: "conflict",
        message: `Someone else changed "${name}". Reload to see the latest version. Your changes stay in this form until then.`,
      });
    }
    const after = writableMembers(kind, content);
    const audited = {
      resource: name,
      input: { kind, ...after },
      before: writableMembers(kind, before),
      after,
    };
    return recordWrite(ctx, "update-resource", audited, async () => {
      const body = { ...after, [arnMember]: found.arn, clientToken: randomUUID() };
      const answer = await ctx.aws.imageBuilder.write(update(body), { body }).catch((error: unknown) => {
        throw toFieldFailure(error, Object.keys(content));
      });
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
  {
    standing: async ({ ctx, input: { kind, name } }) => {
      const { found } = await findResource(ctx, { kind, name });
      return readResource(ctx, kind, found.arn);
    },
  },
);
