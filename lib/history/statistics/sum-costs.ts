import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { FactoryCosts, HistoryRange } from "../types";
import { type HistoryScope, readRows, withinBoth } from "./history-scope";

const MOST_PIPELINES = 50;

/** Hours that builds took, by the instance type that was asked for. */
export async function sumBuildHours(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<FactoryCosts["hours"]> {
  const isNow = sql`r.day >= ${range.from}`;
  return readRows(
    orm,
    sql`select r.instance_type as "instanceType", coalesce(sum(r.builds) filter (where ${isNow}), 0)::int as builds,
        coalesce(sum(r.total_ms) filter (where ${isNow}), 0)::float8 / 3600000 as hours,
        coalesce(sum(r.total_ms) filter (where not ${isNow}), 0)::float8 / 3600000 as "hoursBefore"
      from history_day_hours r where ${scope.rollups("r")} and ${withinBoth(sql`r.day`, range)}
      group by 1 order by 3 desc, 1`,
  );
}

/** Images that AWS still has, with the volumes of their snapshots: in all, and by pipeline, the most first. */
export async function countKeptImages(
  orm: Orm,
  scope: HistoryScope,
): Promise<Pick<FactoryCosts, "kept" | "keptImages" | "keptGib">> {
  const rows = await readRows<FactoryCosts["kept"][number] & { allImages: number; allGib: number }>(
    orm,
    sql`select k.target_id as target, k.pipeline, k.images, k.gib::float8 as gib,
        (sum(k.images) over ())::int as "allImages", (sum(k.gib) over ())::float8 as "allGib"
      from history_kept k where ${scope.builds("k")}
      order by 4 desc, 3 desc, 1, 2 limit ${MOST_PIPELINES}`,
  );
  return {
    keptImages: rows[0]?.allImages ?? 0,
    keptGib: rows[0]?.allGib ?? 0,
    kept: rows.map(({ allImages: _, allGib: __, ...row }) => row),
  };
}
