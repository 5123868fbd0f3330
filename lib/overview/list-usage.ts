import "server-only";
import { z } from "zod";
import type { ResourceKind } from "@/lib/core/resource-names";
import { resourceKindField } from "@/lib/definitions/schemas";
import { readKeptUses } from "@/lib/history/read-kept-uses";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { maySee } from "@/lib/use-case/authorize-names";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { indexState } from "./index-state";
import { judgeUsage, type UsageFacts } from "./judge-usage";
import { readNaming } from "./read-naming";
import type { Usage } from "./types";
import { unlessAway } from "./unless-away";

const FRESH_FOR_MS = 5_000;

/** What names resources of a kind, directly or through one that does; policies and pipelines are used by nothing. */
const LOOKED_AT: Record<ResourceKind, readonly ResourceKind[]> = {
  component: ["image-recipe", "container-recipe", "image-pipeline"],
  workflow: ["image-pipeline"],
  "image-recipe": ["image-pipeline", "lifecycle-policy"],
  "container-recipe": ["image-pipeline", "lifecycle-policy"],
  "infrastructure-configuration": ["image-pipeline"],
  "distribution-configuration": ["image-pipeline"],
  "lifecycle-policy": [],
  "image-pipeline": [],
};
/** Kinds of which the history says whether a build that AWS still has was made of them. */
const BUILT_OF: readonly ResourceKind[] = ["component", "workflow", "image-recipe", "container-recipe"];

/**
 * What uses each resource of the account's own of a kind, by name: recipes, pipelines, policies, and builds that AWS
 * still has. AWS's calls are those for lists. What was not looked at is said in `why`, and is never "unused".
 */
export const listUsage = useCase(
  "list-usage",
  z.object({ kind: resourceKindField }),
  ({ ctx, input: { kind } }): Promise<Usage[]> =>
    sharedAnswer(ctx, `list-usage ${kind}`, () => workOut(ctx, kind), FRESH_FOR_MS),
);

async function workOut(ctx: UseCaseContext, kind: ResourceKind): Promise<Usage[]> {
  if (LOOKED_AT[kind].length === 0) return [];
  const [rows, facts] = await Promise.all([
    allResources(ctx, kind, "Self", { forLists: true }),
    readUsageFacts(ctx, kind),
  ]);
  return judgeUsage(
    rows.filter((row) => maySee(ctx, row)),
    facts,
  );
}

async function readUsageFacts(ctx: UseCaseContext, kind: ResourceKind): Promise<UsageFacts> {
  const [read, builds] = await Promise.all([
    Promise.all(LOOKED_AT[kind].map((each) => readNaming(ctx, each))),
    BUILT_OF.includes(kind) ? keptBuilds(ctx) : { kept: [], notKnown: [] },
  ]);
  return {
    naming: read.flatMap(({ naming }) => naming),
    kept: builds.kept,
    notKnown: [...read.flatMap(({ notKnown }) => notKnown), ...builds.notKnown],
  };
}

async function keptBuilds(ctx: UseCaseContext): Promise<Pick<UsageFacts, "kept" | "notKnown">> {
  const { value, reason } = await unlessAway(readKeptUses(ctx), { kept: [], isListed: false });
  const { index } = indexState(value, { nowMs: ctx.clock.now(), isAway: reason !== undefined });
  return { kept: value.kept, notKnown: index === "current" ? [] : [INDEX_WORDS[index]] };
}

const INDEX_WORDS = {
  listing: "Builds are still being read into the history.",
  behind: "The history of builds has not been updated for a while.",
  off: "Builds were not checked: this account has no history yet.",
  away: "Builds were not checked: the history's database isn't responding.",
};
