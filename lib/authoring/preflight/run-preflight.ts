import "server-only";
import { z } from "zod";
import { thingsNamedIn } from "@/lib/use-case/named-things";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { draftContentSchema } from "../drafts/schemas";
import { checkBaseImage } from "./check-base-image";
import { checkDistribution } from "./check-distribution";
import { checkInstance } from "./check-instance";
import { checkNetwork } from "./check-network";
import { checkQuotas } from "./check-quotas";
import { checkVolumeKeys } from "./check-volume-keys";
import { checkWorkflows } from "./check-workflows";
import { orUnknown } from "./or-unknown";
import { readSubject } from "./read-subject";
import type { PreflightCheck } from "./types";

/** No draft names more than its components and a few parts; a row of the audit stays small. */
const MOST_NAMES = 100;

const inputSchema = z.object({
  name: z.string(),
  draft: draftContentSchema
    .pick({ recipe: true, components: true, infrastructure: true, distribution: true, details: true })
    .partial({ details: true })
    .optional(),
});

/**
 * Looks at what a build is going to need before it starts: each check says what AWS answered. What cannot be
 * looked at is said as such and hides no other check.
 */
export const runPreflight = useCase(
  "run-preflight",
  inputSchema,
  async ({ ctx, input }): Promise<PreflightCheck[]> => {
    await recordReads(ctx, input);
    const parts = await readSubject(ctx, input);
    const checks = await Promise.all([
      orUnknown(
        { id: "base-image", step: "recipe", what: "The base image and components" },
        checkBaseImage(ctx, parts),
      ),
      orUnknown(
        { id: "volume-keys", step: "recipe", what: "The KMS keys of the volumes" },
        checkVolumeKeys(ctx, parts),
      ),
      orUnknown(
        { id: "instance", step: "infrastructure", what: "The instance profile and type" },
        checkInstance(ctx, parts),
      ),
      orUnknown(
        { id: "network", step: "infrastructure", what: "The network of the build" },
        checkNetwork(ctx, parts),
      ),
      orUnknown(
        { id: "distribution", step: "distribution", what: "The Regions of the image" },
        checkDistribution(ctx, parts),
      ),
      orUnknown({ id: "workflows", step: "details", what: "The workflows" }, checkWorkflows(ctx, parts)),
      orUnknown({ id: "quotas", step: "details", what: "The account's quotas" }, checkQuotas(ctx, parts)),
    ]);
    return checks.flat();
  },
);

/** What a person has the console's role read by its name is on record before it is read. */
async function recordReads(ctx: UseCaseContext, { name, draft }: z.infer<typeof inputSchema>): Promise<void> {
  const read = [...new Set(thingsNamedIn(draft).map(({ shown }) => shown))].slice(0, MOST_NAMES);
  if (read.length === 0) return;
  await ctx.audit.record({ action: "run-preflight", resource: name, result: "succeeded", input: { read } });
}
