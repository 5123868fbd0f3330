import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { recordVisit } from "./draft-visits";
import { draftIdField } from "./schemas";
import { readDraft } from "./stored-drafts";
import type { DraftCompany } from "./types";

const inputSchema = z.object({ id: draftIdField, windowId: z.uuid("A window's ID is a UUID.") });

/**
 * Says that a window has a draft open, and gives who else has and who saved it last. Asked again every few seconds;
 * a window that stops asking is gone half a minute later. Throws `not-found` once the draft is discarded.
 */
export const visitDraft = useCase(
  "visit-draft",
  inputSchema,
  async ({ ctx, input: { id, windowId } }): Promise<DraftCompany> => {
    const { revision, updatedAt, updatedBy } = await readDraft(ctx, id);
    const visits = await recordVisit(ctx, { id, windowId });
    const people = new Map(visits.map((visit) => [visit.actorId, visit.actorName]));
    const others = [...people].map(([actorId, name]) => ({ name, isYou: actorId === ctx.actor.id }));
    return { revision, updatedAt, updatedBy, others };
  },
);
