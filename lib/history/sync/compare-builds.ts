import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyChanges, historyPipelines } from "@/lib/db/history-schema";

/** Builds that succeeded or bad: the others are compared with nothing and end no streak. */
const ENDED = sql`('succeeded', 'failed')`;

/** An image that can still be used. */
const GOOD_IMAGE = "b.result = 'succeeded' and b.gone_at is null and b.status not in ('DELETED', 'DISABLED')";

/**
 * Works out what builds mean beside the one before them of the same pipeline: whether a failure came after a good
 * build, and what it was made of that the one before was not. The builds that follow the given ones are worked out
 * too, since theirs is another one before now.
 */
export async function compareBuilds(tx: Orm, ids: number[]): Promise<void> {
  const affected = await withFollowers(tx, ids);
  await tx.delete(historyChanges).where(inArray(historyChanges.buildId, affected));
  await tx
    .update(historyBuilds)
    .set({ isFirstFailure: false })
    .where(sql`${historyBuilds.id} in ${affected} and ${historyBuilds.isFirstFailure}`);
  const pairs = sql`
    from ${historyBuilds} b
    cross join lateral (
      select p.id, p.result, p.base_ami, p.parent_image, p.recipe_name, p.recipe_version, p.components
      from ${historyBuilds} p
      where p.target_id = b.target_id and p.pipeline = b.pipeline and p.result in ${ENDED}
        and (p.created_at, p.id) < (b.created_at, b.id)
      order by p.created_at desc, p.id desc
      limit 1
    ) p
    where b.id in ${affected} and b.pipeline <> '' and b.result in ${ENDED}`;
  await tx.execute(sql`
    update ${historyBuilds} set is_first_failure = true
    where id in (select b.id ${pairs} and b.result = 'failed' and p.result = 'succeeded')`);
  await tx.execute(sql`
    with pairs as (
      select b.id, b.target_id, b.pipeline, b.day,
        coalesce(b.base_ami, b.parent_image) as base, coalesce(p.base_ami, p.parent_image) as base_before,
        b.recipe_name || ' ' || b.recipe_version as recipe,
        p.recipe_name || ' ' || p.recipe_version as recipe_before,
        b.components, p.components as components_before
      ${pairs} and b.components is not null and p.components is not null
    ), changes as (
      select id, target_id, pipeline, day, 'base' as kind, 'base image' as name, base_before as before, base as after
      from pairs where base_before <> base
      union all
      select id, target_id, pipeline, day, 'recipe', 'recipe', recipe_before, recipe
      from pairs where recipe_before <> recipe
      union all
      select id, target_id, pipeline, day, 'component', c.name, c.before, c.after
      from pairs cross join lateral (
        select name, max(version) filter (where age = 'old') as before, max(version) filter (where age = 'new') as after
        from (
          select 'old' as age, * from jsonb_to_recordset(components_before) as old(name text, version text)
          union all
          select 'new', * from jsonb_to_recordset(components) as new(name text, version text)
        ) both_builds
        group by name
      ) c
      where c.before is distinct from c.after
    )
    insert into ${historyChanges} (build_id, target_id, pipeline, day, kind, name, before, after)
    select id, target_id, pipeline, day, kind, name, before, after from changes`);
}

async function withFollowers(tx: Orm, ids: number[]): Promise<number[]> {
  const followers = await tx.execute(sql`
    select f.id from ${historyBuilds} b
    cross join lateral (
      select n.id from ${historyBuilds} n
      where n.target_id = b.target_id and n.pipeline = b.pipeline and n.result in ${ENDED}
        and (n.created_at, n.id) > (b.created_at, b.id)
      order by n.created_at, n.id
      limit 1
    ) f
    where b.id in ${ids} and b.pipeline <> ''`);
  const found = (followers as unknown as { rows: { id: string | number }[] }).rows.map(({ id }) =>
    Number(id),
  );
  return [...new Set([...ids, ...found])];
}

/** Works out where pipelines stand: their newest build, their streak, their latest successful image. */
export async function saveStandings(tx: Orm, targetId: string, pipelines: string[]): Promise<void> {
  const newest = (columns: string, condition: string) =>
    sql.raw(`
      left join lateral (
        select ${columns} from history_builds b
        where b.target_id = p.target_id and b.pipeline = p.pipeline and ${condition}
        order by b.created_at desc, b.id desc limit 1
      )`);
  await tx
    .insert(historyPipelines)
    .values(pipelines.map((pipeline) => ({ targetId, pipeline, streakCount: 0 })))
    .onConflictDoNothing();
  await tx.execute(sql`
    update ${historyPipelines} h set
      last_build_id = s.last_id, last_build_at = s.last_at,
      streak_result = s.result, streak_count = s.streak, streak_since = s.since,
      last_good_id = s.good_id, last_good_at = s.good_at
    from (
      select p.pipeline, last.id as last_id, last.created_at as last_at,
        ended.result, streak.count as streak, streak.since,
        good.id as good_id, good.created_at as good_at
      from ${historyPipelines} p
      ${newest("b.id, b.created_at", "true")} last on true
      ${newest("b.result, b.created_at", "b.result in ('succeeded', 'failed')")} ended on true
      ${newest("b.id, b.created_at", "b.result in ('succeeded', 'failed') and b.result <> ended.result")} other on true
      ${newest("b.id, b.created_at", GOOD_IMAGE)} good on true
      left join lateral (
        select count(*)::int as count, min(b.created_at) as since from ${historyBuilds} b
        where b.target_id = p.target_id and b.pipeline = p.pipeline and b.result = ended.result
          and (other.id is null or (b.created_at, b.id) > (other.created_at, other.id))
      ) streak on true
      where p.target_id = ${targetId} and p.pipeline in ${pipelines}
    ) s
    where h.target_id = ${targetId} and h.pipeline = s.pipeline`);
  await tx
    .delete(historyPipelines)
    .where(sql`${eq(historyPipelines.targetId, targetId)} and ${historyPipelines.lastBuildId} is null`);
}
