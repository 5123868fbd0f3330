import "server-only";
import { z } from "zod";
import { ROLES } from "@/lib/core/actor";
import { partitionOf } from "@/lib/core/arn";
import { useCase } from "@/lib/use-case/use-case";
import { policyOfRole } from "./policy-of-role";
import { splitPolicy } from "./split-policy";
import type { PolicyDocument } from "./types";

const inputSchema = z.object({ role: z.enum(ROLES, "There is no such role.") });

/**
 * The least policies of this target's AWS role, for what people of a role may do through the console: each document
 * fits into one managed policy, by its name.
 */
export const printRolePolicy = useCase(
  "print-role-policy",
  inputSchema,
  async ({ ctx: { target }, input: { role } }): Promise<{ policies: Record<string, PolicyDocument> }> => {
    const { accountId, region, buildEventsQueueUrl } = target;
    const queue = buildEventsQueueUrl?.split("/").at(-1);
    const policy = policyOfRole(role, {
      accountId,
      // An AMI and its copies lie in several Regions.
      region: "*",
      partition: partitionOf(region),
      metrics: target.cloudWatchPipelines !== undefined,
      ...(queue && { queues: [queue] }),
    });
    return { policies: splitPolicy(`goldsmith-${role}`, policy) };
  },
);
