import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { containing } from "@/lib/db/names-in-sql";
import type { EndedBuild, EndedQuery } from "../types";
import { type HistoryScope, iso, readRows, withoutNulls } from "./history-scope";

/** What no list said an end of is placed where it began. The index `history_builds_ended` is over the same words. */
const ENDED = sql`coalesce(b.ended_at, b.created_at)`;

/** Builds that have ended, the last end first, from `from` on; at most `limit`. */
export async function readEndedBuilds(
  orm: Orm,
  scope: HistoryScope,
  { who, name, result, from, limit }: EndedQuery,
): Promise<EndedBuild[]> {
  const conditions: SQL[] = [sql`b.result <> 'running'`];
  if (result !== undefined) conditions.push(sql`b.result = ${result}`);
  if (who !== undefined) conditions.push(sql`b.started_by ilike ${containing(who)}`);
  if (name !== undefined)
    conditions.push(
      sql`(b.pipeline ilike ${containing(name)} or b.name ilike ${containing(name)} or b.display_name ilike ${containing(name)})`,
    );
  if (from !== undefined)
    conditions.push(sql`(${ENDED}, b.id) <= (to_timestamp(${from.atMs}::float8 / 1000), ${from.id}::bigint)`);
  const rows = await readRows<EndedBuild>(
    orm,
    sql`select b.id::text as id, b.name, b.version, b.build, b.display_name as "displayName",
        nullif(b.pipeline, '') as pipeline, b.result, ${iso(ENDED)} as "endedAt", b.started_by as "startedBy",
        b.rule_title as "ruleTitle", b.reason, b.gone_at is not null as "isGone"
      from history_builds b where ${scope.builds("b")} and ${sql.join(conditions, sql` and `)}
      order by ${ENDED} desc, b.id desc limit ${limit}`,
  );
  return rows.map(withoutNulls);
}
