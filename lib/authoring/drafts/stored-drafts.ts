import "server-only";
import { and, desc, eq, lt, ne } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { pipelineDrafts } from "@/lib/db/schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { CreationStep, DraftContent, PipelineDraft } from "./types";

/** A draft that became a pipeline still answers at its address for a while. */
const CREATED_KEPT_MS = 7 * DAY_MS;

type Row = typeof pipelineDrafts.$inferSelect;

const toDraft = (row: Row): PipelineDraft => ({
  id: row.id,
  target: row.targetId,
  revision: row.revision,
  content: row.content as DraftContent,
  creation: (row.creation ?? undefined) as CreationStep[] | undefined,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  updatedBy: row.updatedBy,
});

/** A draft is there for those who may make what it is called, and for who typed last: a name grows letter by letter. */
const isFor = ({ actor, target }: UseCaseContext, { content, updatedById }: Row): boolean =>
  updatedById === actor.id ||
  permits(actor, "get-draft", target.id, (content as DraftContent).details.name ?? "");

const ofDraft = (ctx: UseCaseContext, id: string) =>
  and(eq(pipelineDrafts.id, id), eq(pipelineDrafts.targetId, ctx.target.id));

const stateOf = (creation: CreationStep[] | null) =>
  creation === null ? "draft" : creation.every(({ state }) => state === "done") ? "created" : "creating";

/** Throws `not-found`, also for a draft of another target or of names that the actor's role does not cover. */
export async function readDraft(ctx: UseCaseContext, id: string): Promise<PipelineDraft> {
  const { orm } = await ctx.database();
  const [row] = await orm.select().from(pipelineDrafts).where(ofDraft(ctx, id));
  if (!row || !isFor(ctx, row))
    throw new ConsoleFailure({
      code: "not-found",
      message: "Draft not found. It may have been discarded.",
    });
  return toDraft(row);
}

/** Those that are not created yet, newest first. */
export async function readDrafts(ctx: UseCaseContext): Promise<PipelineDraft[]> {
  const { orm } = await ctx.database();
  const rows = await orm
    .select()
    .from(pipelineDrafts)
    .where(and(eq(pipelineDrafts.targetId, ctx.target.id), ne(pipelineDrafts.state, "created")))
    .orderBy(desc(pipelineDrafts.updatedAt))
    .limit(100);
  return rows.filter((row) => isFor(ctx, row)).map(toDraft);
}

export async function insertDraft(ctx: UseCaseContext, id: string, content: DraftContent): Promise<void> {
  const { orm } = await ctx.database();
  const now = new Date(ctx.clock.now());
  await orm
    .delete(pipelineDrafts)
    .where(
      and(
        eq(pipelineDrafts.state, "created"),
        lt(pipelineDrafts.updatedAt, new Date(now.getTime() - CREATED_KEPT_MS)),
      ),
    );
  await orm.insert(pipelineDrafts).values({
    id,
    targetId: ctx.target.id,
    revision: 1,
    content,
    state: "draft",
    createdAt: now,
    updatedAt: now,
    updatedBy: ctx.actor.name,
    updatedById: ctx.actor.id,
  });
}

/**
 * Saves what `change` holds if the draft still is at `revision`; gives the next one. Throws `conflict` when
 * somebody else saved meanwhile.
 */
export async function updateDraft(
  ctx: UseCaseContext,
  { id, revision }: { id: string; revision: number },
  change: { content?: DraftContent; creation?: CreationStep[] | null },
): Promise<number> {
  const { orm } = await ctx.database();
  const saved = await orm
    .update(pipelineDrafts)
    .set({
      ...change,
      ...(change.creation !== undefined && { state: stateOf(change.creation) }),
      revision: revision + 1,
      updatedAt: new Date(ctx.clock.now()),
      updatedBy: ctx.actor.name,
      updatedById: ctx.actor.id,
    })
    .where(and(ofDraft(ctx, id), eq(pipelineDrafts.revision, revision)))
    .returning({ revision: pipelineDrafts.revision });
  const [row] = saved;
  if (row) return row.revision;
  const { updatedBy } = await readDraft(ctx, id);
  throw new ConsoleFailure({
    code: "conflict",
    message: `${updatedBy} saved this draft from another window. Reload to continue with that version.`,
  });
}

export async function removeDraft(ctx: UseCaseContext, id: string): Promise<void> {
  const { orm } = await ctx.database();
  await orm.delete(pipelineDrafts).where(ofDraft(ctx, id));
}
