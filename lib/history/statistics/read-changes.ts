import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { FactoryChanges, HistoryRange } from "../types";
import { type HistoryScope, iso, readRows, within, withoutNulls } from "./history-scope";

const MOST_CHANGES = 200;
const MOST_LINEAGES = 200;

/** What builds were made of that the ones before them were not, newest first. */
export async function readChanges(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<FactoryChanges["changes"]> {
  const asked = sql`${scope.builds("c")} and ${within(sql`c.day`, range)}`;
  const rows = await readRows<FactoryChanges["changes"][number]>(
    orm,
    // Builds are looked up only for the days that the newest changes are of.
    sql`select c.pipeline, json_build_object('target', b.target_id, 'name', b.name, 'version', b.version, 'build', b.build) as of, b.result,
        ${iso(sql`b.created_at`)} as "createdAt", c.kind, c.name, c.before, c.after
      from history_changes c join history_builds b on b.id = c.build_id
      where ${asked} and c.day >= (
        select min(day) from (select c.day from history_changes c where ${asked} order by c.day desc limit ${MOST_CHANGES}) newest
      )
      order by b.created_at desc, b.id desc, c.kind, c.name limit ${MOST_CHANGES}`,
  );
  return rows.map(withoutNulls);
}

/** The latest successful image of each pipeline, from its base on. */
export async function readLineage(
  orm: Orm,
  scope: HistoryScope,
): Promise<Pick<FactoryChanges, "lineage" | "pipelines">> {
  const [counted] = await readRows<{ pipelines: number }>(
    orm,
    sql`select count(p.last_good_id)::int as pipelines from history_pipelines p where ${scope.builds("p")}`,
  );
  const rows = await readRows<FactoryChanges["lineage"][number]>(
    orm,
    sql`select p.target_id as target, p.pipeline, b.name, b.version, b.build, ${iso(sql`b.created_at`)} as "createdAt",
        b.parent_image as "parentImage", b.base_ami as "baseAmi", b.recipe_name || ' ' || b.recipe_version as recipe,
        coalesce(b.components, '[]'::jsonb) as components, coalesce(b.amis, '[]'::jsonb) as amis,
        coalesce(b.launch_templates, '[]'::jsonb) as "launchTemplates"
      from (
        select * from history_pipelines p where ${scope.builds("p")} and p.last_good_id is not null
        order by p.target_id, p.pipeline limit ${MOST_LINEAGES}
      ) p join history_builds b on b.id = p.last_good_id
      order by p.target_id, p.pipeline`,
  );
  return { pipelines: counted?.pipelines ?? 0, lineage: rows.map(withoutNulls) };
}
