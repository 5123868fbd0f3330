import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { addDays } from "../calendar-day";
import type { FactoryFindings, HistoryRange } from "../types";
import { type HistoryScope, iso, readRows } from "./history-scope";

/** So many days of the range are shown, the last of them always. */
const MOST_POINTS = 31;
const MOST_IMAGES = 100;

/** What the findings of a build `b` count as. */
export const FINDING_COUNTS = sql`coalesce(b.findings_critical, 0) as critical, coalesce(b.findings_high, 0) as high,
  coalesce(b.findings_medium, 0) as medium,
  greatest(0, b.findings_all - coalesce(b.findings_critical, 0) - coalesce(b.findings_high, 0) - coalesce(b.findings_medium, 0)) as other`;
/** That a build `b` is good and was scanned. */
export const SCANNED_GOOD = sql`b.result = 'succeeded' and b.findings_all is not null`;

/** Days of a range on which findings are counted, evenly apart, the last one among them. */
export function findingDays({ to, days }: HistoryRange): string[] {
  const apart = Math.ceil(days / MOST_POINTS);
  const count = Math.ceil(days / apart);
  return Array.from({ length: count }, (_, index) => addDays(to, -(count - 1 - index) * apart));
}

/** Findings, on each day, of the latest successful image that was scanned of each pipeline. */
export async function countFindings(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<FactoryFindings["days"]> {
  return readRows(
    orm,
    sql`with moved as (
        select r.day, sum(r.images) as images, sum(r.critical) as critical, sum(r.high) as high, sum(r.medium) as medium,
          sum(r.other) as other
        from history_day_findings r where ${scope.rollups("r")} and r.day <= ${range.to} group by r.day
      )
      select d.day::text as day, coalesce(sum(m.images), 0)::int as images, coalesce(sum(m.critical), 0)::int as critical,
        coalesce(sum(m.high), 0)::int as high, coalesce(sum(m.medium), 0)::int as medium, coalesce(sum(m.other), 0)::int as other
      from unnest(array[${sql.join(
        findingDays(range).map((day) => sql`${day}`),
        sql`, `,
      )}]::date[]) as d(day) left join moved m on m.day <= d.day
      group by d.day order by d.day`,
  );
}

/** The newest good scanned image of each pipeline, the worst first, and how many there are. */
export async function readImagesWithFindings(
  orm: Orm,
  scope: HistoryScope,
): Promise<Pick<FactoryFindings, "images" | "scanned" | "critical">> {
  const rows = await readRows<
    FactoryFindings["images"][number] & { allImages: number; criticalImages: number }
  >(
    orm,
    sql`select p.target_id as target, p.pipeline, i.name, i.version, i.build, i."createdAt",
        i.critical, i.high, i.medium, i.other, i.amis, count(*) over ()::int as "allImages",
        (count(*) filter (where i.critical > 0) over ())::int as "criticalImages"
      from history_pipelines p
      cross join lateral (
        select b.name, b.version, b.build, ${iso(sql`b.created_at`)} as "createdAt", ${FINDING_COUNTS},
          coalesce(b.amis, '[]'::jsonb) as amis
        from history_builds b
        where b.target_id = p.target_id and b.pipeline = p.pipeline and ${SCANNED_GOOD}
        order by b.created_at desc, b.id desc limit 1
      ) i
      where ${scope.builds("p")}
      order by i.critical desc, i.high desc, i.medium desc, p.target_id, p.pipeline limit ${MOST_IMAGES}`,
  );
  return {
    scanned: rows[0]?.allImages ?? 0,
    critical: rows[0]?.criticalImages ?? 0,
    images: rows.map(({ allImages: _, criticalImages: __, ...image }) => image),
  };
}
