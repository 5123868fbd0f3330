import "server-only";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MINUTE_MS } from "@/lib/core/time";
import { thingsNamedIn } from "@/lib/use-case/named-things";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { draftContentSchema } from "../drafts/schemas";
import { checkBaseImage } from "./check-base-image";
import { checkDistribution } from "./check-distribution";
import { checkInstance } from "./check-instance";
import { checkNetwork } from "./check-network";
import { checkQuotas } from "./check-quotas";
import { checkScanning } from "./check-scanning";
import { checkVolumeKeys } from "./check-volume-keys";
import { checkWorkflows } from "./check-workflows";
import { orUnknown } from "./or-unknown";
import { type PreflightParts, readSubject } from "./read-subject";
import { CHECKED_STEPS, type CheckedStep, type PreflightCheck } from "./types";

/** No draft names more than its components and a few parts; a row of the audit stays small. */
const MOST_NAMES = 100;

const inputSchema = z.object({
  name: z.string(),
  draft: draftContentSchema
    .pick({ recipe: true, components: true, infrastructure: true, distribution: true, details: true })
    .partial({ details: true })
    .optional(),
  /** Only what belongs to this step of the wizard. */
  step: z.enum(CHECKED_STEPS).optional(),
});

type Source = {
  id: string;
  what: string;
  /** The steps that its checks belong to; the first one's is where a failure of the whole is shown. */
  steps: [CheckedStep, ...CheckedStep[]];
  check: (ctx: UseCaseContext, parts: PreflightParts) => Promise<PreflightCheck[]>;
};

const SOURCES: Source[] = [
  {
    id: "base-image",
    what: "The base image and components",
    steps: ["recipe", "infrastructure", "distribution"],
    check: checkBaseImage,
  },
  { id: "volume-keys", what: "The KMS keys of the volumes", steps: ["recipe"], check: checkVolumeKeys },
  {
    id: "instance",
    what: "The instance profile and type",
    steps: ["infrastructure"],
    check: checkInstance,
  },
  { id: "network", what: "The network of the build", steps: ["infrastructure"], check: checkNetwork },
  {
    id: "distribution",
    what: "The Regions of the image",
    steps: ["distribution"],
    check: checkDistribution,
  },
  { id: "workflows", what: "The workflows", steps: ["details"], check: checkWorkflows },
  { id: "scanning", what: "Amazon Inspector", steps: ["details"], check: checkScanning },
  { id: "quotas", what: "The account's quotas", steps: ["details"], check: checkQuotas },
];

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
    const { step } = input;
    const asked = SOURCES.filter(({ steps }) => !step || steps.includes(step));
    const checks = await Promise.all(
      asked.map(({ id, what, steps, check }) =>
        orUnknown({ id, step: step ?? steps[0], what }, check(ctx, parts)),
      ),
    );
    return checks.flat().filter((check) => !step || check.step === step);
  },
);

/** When who had the console read what in which target was put on record last. */
const RECORDED = new WeakMap<UseCaseContext["settings"], LRUCache<string, number>>();
const MOST_RECORDED = 10_000;
const RECORD_AGAIN_AFTER_MS = 10 * MINUTE_MS;

/**
 * What a person has the console's role read by its name is on record before it is read: a form that is checked as it is
 * filled in, once in ten minutes.
 */
async function recordReads(ctx: UseCaseContext, { name, draft }: z.infer<typeof inputSchema>): Promise<void> {
  const read = [...new Set(thingsNamedIn(draft).map(({ shown }) => shown))].slice(0, MOST_NAMES);
  const now = ctx.clock.now();
  const recorded = RECORDED.get(ctx.settings) ?? new LRUCache<string, number>({ max: MOST_RECORDED });
  RECORDED.set(ctx.settings, recorded);
  const keyOf = (thing: string) => JSON.stringify([ctx.target.id, ctx.actor.id, name, thing]);
  const isNew = (thing: string) =>
    now - (recorded.get(keyOf(thing)) ?? Number.NEGATIVE_INFINITY) >= RECORD_AGAIN_AFTER_MS;
  if (!read.some(isNew)) return;
  await ctx.audit.record({ action: "run-preflight", resource: name, result: "succeeded", input: { read } });
  for (const thing of read) recorded.set(keyOf(thing), now);
}
