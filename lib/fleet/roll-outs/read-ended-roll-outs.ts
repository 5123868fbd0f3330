import "server-only";
import { and, desc, eq, ilike, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { containing, namedSoInSql } from "@/lib/db/names-in-sql";
import { rollOuts } from "@/lib/db/roll-out-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type StoredRollOut, toRow } from "./roll-out-rows";
import type { RollOutRow } from "./types";

export type EndedRollOutsQuery = {
  /** Part of the name or ID of who started it. */
  who?: string | undefined;
  /** Part of the group's name. */
  name?: string | undefined;
  /** AWS's words for the end. */
  statuses?: string[] | undefined;
  /** The first one wanted, by its end in epoch milliseconds and its ID. */
  from?: { atMs: number; id: string } | undefined;
  limit: number;
};

/** Roll-outs that have ended as far as the console knows, the last end first, of those that the actor may see. */
export async function readEndedRollOuts(
  ctx: UseCaseContext,
  { who, name, statuses, from, limit }: EndedRollOutsQuery,
): Promise<RollOutRow[]> {
  const { orm } = await ctx.database();
  const rows = await orm
    .select()
    .from(rollOuts)
    .where(
      and(
        eq(rollOuts.targetId, ctx.target.id),
        isNotNull(rollOuts.endedAt),
        seenBy(ctx),
        who === undefined
          ? undefined
          : or(ilike(rollOuts.startedBy, containing(who)), ilike(rollOuts.startedById, containing(who))),
        name === undefined ? undefined : ilike(rollOuts.groupName, containing(name)),
        statuses === undefined ? undefined : inArray(rollOuts.status, statuses),
        from === undefined
          ? undefined
          : sql`(${rollOuts.endedAt}, ${rollOuts.id}) <= (to_timestamp(${from.atMs}::float8 / 1000), ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(rollOuts.endedAt), desc(rollOuts.id))
    .limit(limit);
  return rows.map((row) => toRow(ctx, row as StoredRollOut));
}

/** `maySeeImages` of read-roll-out-facts.ts, as SQL: one of its images is enough. */
function seenBy({ actor, target }: UseCaseContext): SQL | undefined {
  if (permits(actor, "get-image-build", target.id, "")) return undefined;
  const prefixes = actor.grants.flatMap((grant) =>
    permits({ ...actor, grants: [grant] }, "get-image-build", target.id) ? [grant.namePrefix ?? ""] : [],
  );
  const isSeen = sql.join(
    [sql`false`, ...prefixes.map((prefix) => namedSoInSql(sql`image.name`, prefix))],
    sql` or `,
  );
  return sql`exists (select 1 from jsonb_array_elements_text(${rollOuts.imageNames}) as image(name) where ${isSeen})`;
}
