import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { draftContentSchema } from "../drafts/schemas";
import { checkBaseImage } from "./check-base-image";
import { checkDistribution } from "./check-distribution";
import { checkInstance } from "./check-instance";
import { checkNetwork } from "./check-network";
import { checkQuotas } from "./check-quotas";
import { orUnknown } from "./or-unknown";
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
      orUnknown(
        { id: "base-image", step: "recipe", what: "The base image and components" },
        checkBaseImage(ctx, parts),
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
      orUnknown({ id: "quotas", step: "details", what: "The account's quotas" }, checkQuotas(ctx, parts)),
    ]);
    return checks.flat();
  },
);
