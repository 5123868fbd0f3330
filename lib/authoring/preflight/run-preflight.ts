import "server-only";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { draftContentSchema } from "../drafts/schemas";
import { checkBaseImage } from "./check-base-image";
import { checkDistribution } from "./check-distribution";
import { checkInstance } from "./check-instance";
import { checkNetwork } from "./check-network";
import { checkQuotas } from "./check-quotas";
import { readSubject } from "./read-subject";
import type { PreflightCheck } from "./types";

const inputSchema = z.object({
  name: z.string(),
  draft: draftContentSchema
    .pick({ recipe: true, components: true, infrastructure: true, distribution: true })
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
    const parts = await readSubject(ctx, input);
    const checks = await Promise.all([
      orUnknown("base-image", "The base image and components", "recipe", checkBaseImage(ctx, parts)),
      orUnknown("instance", "The instance profile and type", "infrastructure", checkInstance(ctx, parts)),
      orUnknown("network", "The network of the build", "infrastructure", checkNetwork(ctx, parts)),
      orUnknown("distribution", "The Regions of the image", "distribution", checkDistribution(ctx, parts)),
      orUnknown("quotas", "The account's quotas", "details", checkQuotas(ctx, parts)),
    ]);
    return checks.flat();
  },
);

/** A check that AWS refuses or fails is told as unknown, with the reason. */
async function orUnknown(
  id: string,
  what: string,
  step: PreflightCheck["step"],
  checks: Promise<PreflightCheck[]>,
): Promise<PreflightCheck[]> {
  try {
    return await checks;
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    return [
      {
        id,
        step,
        state: "unknown",
        title: `${what} could not be looked at`,
        evidence: [error.detail.message],
      },
    ];
  }
}
