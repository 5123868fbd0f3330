import "server-only";
import { DAY_MS } from "@/lib/core/time";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readDrafts } from "./stored-drafts";
import type { DraftList } from "./types";

/** Pipelines of the target that are not created yet, newest first. */
export const listDrafts = useCase("list-drafts", noInput, async ({ ctx }): Promise<DraftList> => {
  const { drafts, left } = await readDrafts(ctx);
  return {
    drafts: drafts.map(({ id, updatedAt, updatedBy, content, creation }) => ({
      id,
      updatedAt,
      updatedBy,
      name: content.details.name,
      ...(creation
        ? { state: "creating" as const }
        : { state: "draft" as const, daysLeft: daysLeftOf(updatedAt, ctx) }),
    })),
    left,
  };
});

const daysLeftOf = (updatedAt: string, { clock, settings }: UseCaseContext): number =>
  Math.max(0, settings.draftDays - Math.floor((clock.now() - Date.parse(updatedAt)) / DAY_MS));
