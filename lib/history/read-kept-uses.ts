import "server-only";
import { eq, sql } from "drizzle-orm";
import { historySync } from "@/lib/db/history-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readRows } from "./statistics/history-scope";

type NameAndVersion = { name: string; version: string };

/** Builds that AWS still has and that were made of the same: `components` and `workflows` are null where not read. */
export type KeptBuilds = {
  /** Of the image, which are those of its recipe. */
  name: string;
  version: string;
  components: NameAndVersion[] | null;
  workflows: NameAndVersion[] | null;
  count: number;
};

/**
 * What the builds that AWS still has were made of, of the whole target: who may see which of them decides over what
 * is shown, not over whether a version is used. `isListed`: all of them are known. Throws `unavailable` while the
 * database is away.
 */
export async function readKeptUses(
  ctx: UseCaseContext,
): Promise<{ kept: KeptBuilds[]; isListed: boolean; syncedAt?: string }> {
  const { orm } = await ctx.database();
  const [kept, [state]] = await Promise.all([
    readRows<KeptBuilds>(
      orm,
      sql`select name, version, components, workflows, count(*)::int as count
        from history_builds
        where target_id = ${ctx.target.id} and gone_at is null and status <> 'DELETED'
        group by name, version, components, workflows`,
    ),
    orm.select().from(historySync).where(eq(historySync.targetId, ctx.target.id)),
  ]);
  return { kept, isListed: Boolean(state?.walkedAt), syncedAt: state?.updatedAt.toISOString() };
}
