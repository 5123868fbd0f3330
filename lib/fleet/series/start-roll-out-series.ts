import "server-only";
import { randomUUID } from "node:crypto";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { toConsoleError } from "@/lib/use-case/console-error";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { checkGroupStart } from "../roll-outs/start-in-group";
import { startSeriesSchema } from "./schemas";
import { changePart, findSeries, insertSeries, requireUnplanned } from "./series-rows";
import { startPart } from "./start-part";
import type { PlannedGroup } from "./types";

/**
 * Plans a roll-out of several groups in order, starts the first one, and returns the ID of the whole. Every group is
 * asked for by its images before anything is written, and looked at as a start of its own would be. Throws `conflict`
 * where one of them is planned elsewhere or has a refresh in progress.
 */
export const startRollOutSeries = useCase(
  "start-roll-out-series",
  startSeriesSchema,
  async ({ ctx, input: { groups } }): Promise<{ id: string }> => {
    // One after another: each is some reads of AWS, and the first refusal ends it.
    const names: string[][] = [];
    for (const [index, group] of groups.entries()) names.push(await checkedNames(ctx, group, index));
    await requireUnplanned(ctx, groups, { alsoDone: true });
    const id = randomUUID();
    const [first] = groups;
    const write = { resource: first?.group ?? "", input: { id, groups } };
    await recordWrite(ctx, "start-roll-out-series", write, async () => {
      await insertSeries(ctx, rowOf(ctx, id), partsOf(ctx, id, groups, names));
      return { value: null };
    });
    await startFirst(ctx, id);
    return { id };
  },
);

/** The names of images that a group is asked for by; a refusal says which group it is about. */
async function checkedNames(ctx: UseCaseContext, group: PlannedGroup, index: number): Promise<string[]> {
  try {
    const { imageNames, facts } = await checkGroupStart(ctx, group);
    const { active } = facts.preview;
    if (!active) return imageNames;
    throw new ConsoleFailure({
      code: "conflict",
      message: `An instance refresh is already in progress (${active.refreshId}).`,
    });
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    const { detail } = error;
    throw new ConsoleFailure({
      ...detail,
      message: `${group.group}: ${detail.message}`,
      ...(detail.fields && {
        fields: Object.fromEntries(
          Object.entries(detail.fields).map(([path, said]) => [`groups.${index}.${path}`, said]),
        ),
      }),
    });
  }
}

/** What AWS refuses now is shown on the page of the whole, where it can be decided about. */
async function startFirst(ctx: UseCaseContext, id: string): Promise<void> {
  const { parts } = await findSeries(ctx, id);
  const [first] = parts;
  if (!first) return;
  try {
    await startPart(ctx, first, shownActor(ctx.actor));
  } catch (error) {
    const { message } = toConsoleError(error);
    await changePart(await ctx.database(), first.part, { startError: message });
  }
}

const rowOf = (ctx: UseCaseContext, id: string) => ({
  id,
  targetId: ctx.target.id,
  startedAt: new Date(ctx.clock.now()),
  startedById: ctx.actor.id,
  startedBy: shownActor(ctx.actor),
  // Escapes keep whatever a provider says storable: JSON writes lone surrogates and NUL in ASCII.
  starterClaims: ctx.claims ? JSON.stringify(ctx.claims) : null,
  starterSeenAt: new Date(ctx.clock.now()),
});

const partsOf = (ctx: UseCaseContext, seriesId: string, groups: PlannedGroup[], names: string[][]) =>
  groups.map(({ region, group, to, pin, preferences, gate }, position) => ({
    seriesId,
    position,
    targetId: ctx.target.id,
    region,
    groupName: group,
    choice: to,
    isPinned: pin,
    preferences,
    imageNames: names[position] ?? [],
    gate,
  }));
