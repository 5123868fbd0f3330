import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { AmiBuild } from "../types";
import { type HistoryScope, iso, readRows, withoutNulls } from "./history-scope";

type Row = Omit<AmiBuild, "newest" | "findings"> & {
  amiId: string;
  critical: number | null;
  high: number | null;
  newestVersion: string;
  newestBuild: string;
  newestName: string;
  newestAt: string;
  newestCritical: number | null;
  newestHigh: number | null;
};

/**
 * The good build that made each of the AMIs in a Region, with how many good builds of its pipeline came after it and
 * the newest of them. Builds without a pipeline are compared by their name. Those that are deleted or disabled, or
 * have no AMI in the Region, are not newer ones.
 */
export async function readLineage(
  orm: Orm,
  scope: HistoryScope,
  region: string,
  amiIds: string[],
): Promise<Map<string, AmiBuild>> {
  if (amiIds.length === 0) return new Map();
  const ids = sql.join(
    amiIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const there = JSON.stringify([{ region }]);
  const rows = await readRows<Row>(
    orm,
    sql`with used as (
        select distinct on (a."amiId") a."amiId" as ami, b.* from history_builds b
        cross join lateral jsonb_to_recordset(b.amis) as a(region text, "amiId" text)
        where ${scope.builds("b")} and b.result = 'succeeded' and jsonb_typeof(b.amis) = 'array'
          and a.region = ${region} and a."amiId" in (${ids})
        order by a."amiId", b.created_at
      )
      select u.ami as "amiId", u.name, u.version, u.build, u.display_name as "displayName",
        nullif(u.pipeline, '') as "pipeline", ${iso(sql`u.created_at`)} as "createdAt",
        case when u.findings_all is not null then coalesce(u.findings_critical, 0) end as critical,
        case when u.findings_all is not null then coalesce(u.findings_high, 0) end as high,
        coalesce(n.newer, 0)::int as newer, coalesce(l.name, u.name) as "newestName",
        coalesce(l.version, u.version) as "newestVersion", coalesce(l.build, u.build) as "newestBuild",
        ${iso(sql`coalesce(l.created_at, u.created_at)`)} as "newestAt",
        case when coalesce(l.findings_all, u.findings_all) is not null
          then coalesce(case when l.id is null then u.findings_critical else l.findings_critical end, 0) end as "newestCritical",
        case when coalesce(l.findings_all, u.findings_all) is not null
          then coalesce(case when l.id is null then u.findings_high else l.findings_high end, 0) end as "newestHigh"
      from used u
      left join lateral (
        select count(*) as newer from history_builds g
        where g.target_id = u.target_id and g.pipeline = u.pipeline and (u.pipeline <> '' or g.name = u.name)
          and g.result = 'succeeded' and g.gone_at is null and g.status not in ('DELETED', 'DISABLED')
          and g.created_at > u.created_at and g.amis @> ${there}::jsonb
      ) n on true
      left join lateral (
        select g.* from history_builds g
        where g.target_id = u.target_id and g.pipeline = u.pipeline and (u.pipeline <> '' or g.name = u.name)
          and g.result = 'succeeded' and g.gone_at is null and g.status not in ('DELETED', 'DISABLED')
          and g.created_at > u.created_at and g.amis @> ${there}::jsonb
        order by g.created_at desc, g.id desc limit 1
      ) l on true`,
  );
  return new Map(rows.map((row) => [row.amiId, buildOf(withoutNulls(row))]));
}

function buildOf(row: Row): AmiBuild {
  const { name, version, build, displayName, pipeline, createdAt, newer, critical, high } = row;
  const { newestName, newestVersion, newestBuild, newestAt, newestCritical, newestHigh } = row;
  return {
    ...{ name, version, build, displayName, createdAt, newer },
    ...(pipeline && { pipeline }),
    ...(typeof critical === "number" && { findings: { critical, high: high ?? 0 } }),
    newest: {
      ...{ name: newestName, version: newestVersion, build: newestBuild, createdAt: newestAt },
      ...(typeof newestCritical === "number" && {
        findings: { critical: newestCritical, high: newestHigh ?? 0 },
      }),
    },
  };
}
