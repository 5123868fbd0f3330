import "server-only";
import { and, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Database } from "@/lib/db/database";
import { pipelineDrafts } from "@/lib/db/schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { CreationStep, DraftContent, PipelineDraft } from "./types";

type Orm = Database["orm"];

/** Of one person, in all targets: more than anybody works on, far below what a database minds. */
const MAX_DRAFTS = 50;
/** As JSON, in bytes. A component's document may have 64 KB. */
const MAX_DRAFT_BYTES = 512 * 1024;
const MAX_BYTES_OF_PERSON = 8 * 1024 * 1024;
const MOST_LISTED = 100;

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
const isFor = (
  { actor, target }: UseCaseContext,
  { name, updatedById }: { name: unknown; updatedById: string | null },
): boolean =>
  updatedById === actor.id || permits(actor, "get-draft", target.id, typeof name === "string" ? name : "");

const nameIn = ({ content, updatedById }: Row) => ({
  name: (content as DraftContent).details.name,
  updatedById,
});

const ofDraft = (ctx: UseCaseContext, id: string) =>
  and(eq(pipelineDrafts.id, id), eq(pipelineDrafts.targetId, ctx.target.id));

const stateOf = (creation: CreationStep[] | null) =>
  creation === null ? "draft" : creation.every(({ state }) => state === "done") ? "created" : "creating";

/** Throws `not-found`, also for a draft of another target or of names that the actor's role does not cover. */
export async function readDraft(ctx: UseCaseContext, id: string): Promise<PipelineDraft> {
  const { orm } = await ctx.database();
  const [row] = await orm.select().from(pipelineDrafts).where(ofDraft(ctx, id));
  if (!row || !isFor(ctx, nameIn(row)))
    throw new ConsoleFailure({
      code: "not-found",
      message: "Draft not found. It may have been discarded.",
    });
  return toDraft(row);
}

/** Those that are not created yet, newest first, and how many more there are. */
export async function readDrafts(ctx: UseCaseContext): Promise<{ drafts: PipelineDraft[]; left: number }> {
  const { orm } = await ctx.database();
  // All names first, and then what is shown: others' drafts, however many, take no place in the list.
  const all = await orm
    .select({
      id: pipelineDrafts.id,
      name: sql<unknown>`${pipelineDrafts.content} -> 'details' ->> 'name'`,
      updatedById: pipelineDrafts.updatedById,
    })
    .from(pipelineDrafts)
    .where(and(eq(pipelineDrafts.targetId, ctx.target.id), ne(pipelineDrafts.state, "created")))
    .orderBy(desc(pipelineDrafts.updatedAt));
  const visible = all.filter((row) => isFor(ctx, row));
  const own = visible.slice(0, MOST_LISTED);
  if (own.length === 0) return { drafts: [], left: 0 };
  const rows = await orm
    .select()
    .from(pipelineDrafts)
    .where(
      inArray(
        pipelineDrafts.id,
        own.map(({ id }) => id),
      ),
    )
    .orderBy(desc(pipelineDrafts.updatedAt));
  return { drafts: rows.map(toDraft), left: visible.length - own.length };
}

export async function insertDraft(ctx: UseCaseContext, id: string, content: DraftContent): Promise<void> {
  const { orm } = await ctx.database();
  const now = new Date(ctx.clock.now());
  await orm.transaction(async (transaction) => {
    await checkRoom(ctx, transaction, content);
    await transaction.insert(pipelineDrafts).values({
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
  });
}

/**
 * Whether the person may have another draft, or this content in the one with `id`. One at a time for each person, so
 * that many at once do not pass together. Throws `invalid` for a draft that is too large and `conflict` for too many.
 */
async function checkRoom(
  { actor }: UseCaseContext,
  transaction: Parameters<Parameters<Orm["transaction"]>[0]>[0],
  content: DraftContent,
  id?: string,
): Promise<void> {
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (bytes > MAX_DRAFT_BYTES) {
    throw new ConsoleFailure({
      code: "invalid",
      message: `This draft has ${Math.ceil(bytes / 1024)} KB. A draft has at most ${MAX_DRAFT_BYTES / 1024} KB: shorten its documents, or create the components first.`,
    });
  }
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtext(${`draft of ${actor.id}`}))`);
  const [held] = await transaction
    .select({
      drafts: count(),
      bytes: sql<string>`coalesce(sum(octet_length(${pipelineDrafts.content}::text)), 0)`,
    })
    .from(pipelineDrafts)
    .where(
      and(
        eq(pipelineDrafts.updatedById, actor.id),
        ne(pipelineDrafts.state, "created"),
        id === undefined ? undefined : ne(pipelineDrafts.id, id),
      ),
    );
  const isFull = (held?.drafts ?? 0) >= MAX_DRAFTS || Number(held?.bytes ?? 0) + bytes > MAX_BYTES_OF_PERSON;
  if (!isFull) return;
  throw new ConsoleFailure({
    code: "conflict",
    message: `You have ${held?.drafts} drafts. One person has at most ${MAX_DRAFTS}, with ${MAX_BYTES_OF_PERSON / 1024 / 1024} MB in all: create or discard one first.`,
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
  const saved = await orm.transaction(async (transaction) => {
    if (change.content) await checkRoom(ctx, transaction, change.content, id);
    return transaction
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
  });
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
