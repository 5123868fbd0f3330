import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { HistoryImage, IndexedBuild } from "../types";
import { type HistoryScope, readRows, withoutNulls } from "./history-scope";
import { buildJson } from "./read-newest-builds";

type Row = {
  json: IndexedBuild;
  target: string;
  durationMs: number | null;
  freshWithinDays: number;
  critical: number | null;
  high: number | null;
};

/** The latest successful image of every pipeline, and of every name that was built without one. */
export async function readGoodImages(
  orm: Orm,
  scope: HistoryScope,
  { freshWithinDays }: { freshWithinDays: number },
): Promise<HistoryImage[]> {
  const rows = await readRows<Row>(
    orm,
    sql`with good as (
        select p.last_good_id as id, coalesce(p.fresh_within_days, ${freshWithinDays})::int as fresh
        from history_pipelines p where ${scope.builds("p")} and p.last_good_id is not null
        union all
        select * from (
          select distinct on (b.target_id, b.name) b.id, ${freshWithinDays}::int as fresh from history_builds b
          where ${scope.builds("b")} and b.pipeline = '' and b.result = 'succeeded' and b.gone_at is null
            and b.status not in ('DELETED', 'DISABLED')
          order by b.target_id, b.name, b.created_at desc, b.id desc
        ) without_pipeline
      )
      select ${buildJson("b")} as json, b.target_id as target, b.duration_ms::float8 as "durationMs",
        g.fresh as "freshWithinDays", case when b.findings_all is not null then coalesce(b.findings_critical, 0) end as critical,
        case when b.findings_all is not null then coalesce(b.findings_high, 0) end as high
      from good g join history_builds b on b.id = g.id`,
  );
  return rows.map(({ json, critical, high, ...row }) => ({
    ...(withoutNulls({ ...json, ...row }) as HistoryImage),
    isGone: false,
    ...(critical !== null && { findings: { critical, high: high ?? 0 } }),
  }));
}
