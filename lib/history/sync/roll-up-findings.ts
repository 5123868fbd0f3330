import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyDayFindings } from "@/lib/db/history-schema";
import { FINDING_COUNTS, SCANNED_GOOD } from "../statistics/count-findings";
import { readRows } from "../statistics/history-scope";

const COUNTS = ["images", "critical", "high", "medium", "other"].map((name) => sql.identifier(name));
const list = (of: (name: (typeof COUNTS)[number]) => ReturnType<typeof sql>) =>
  sql.join(COUNTS.map(of), sql`, `);

/** Works out on which days the findings in the newest images of pipelines moved, and by how much. */
export async function rollUpFindings(tx: Orm, targetId: string, pipelines: string[]): Promise<void> {
  const names = list((name) => sql`${name}`);
  const moved = await readRows<{ day: string }>(
    tx,
    sql`with scanned as (
        select distinct on (b.pipeline, b.day) b.pipeline, b.day, 1 as images, ${FINDING_COUNTS}
        from ${historyBuilds} b
        where b.target_id = ${targetId} and b.pipeline in ${pipelines} and b.pipeline <> '' and ${SCANNED_GOOD}
        order by b.pipeline, b.day, b.created_at desc, b.id desc
      ), wanted as (
        select pipeline, day, ${list((name) => sql`${name} - coalesce(lag(${name}) over of_pipeline, 0) as ${name}`)}
        from scanned window of_pipeline as (partition by pipeline order by day)
      ), gone as (
        delete from ${historyDayFindings} f
        where f.target_id = ${targetId} and f.pipeline in ${pipelines}
          and not exists (select 1 from wanted w where w.pipeline = f.pipeline and w.day = f.day)
        returning f.day
      ), written as (
        insert into ${historyDayFindings} as f (target_id, pipeline, day, ${names})
        select ${targetId}, pipeline, day, ${names} from wanted
        on conflict (target_id, pipeline, day) do update set ${list((name) => sql`${name} = excluded.${name}`)}
          where (${list((name) => sql`f.${name}`)}) <> (${list((name) => sql`excluded.${name}`)})
        returning f.day
      )
      select day::text as day from gone union select day::text from written`,
  );
  if (moved.length === 0) return;
  const ofDays = sql`target_id = ${targetId} and day in ${moved.map(({ day }) => day)}`;
  await tx.execute(sql`delete from ${historyDayFindings} where ${ofDays} and pipeline = '*'`);
  await tx.execute(sql`
    insert into ${historyDayFindings} (target_id, pipeline, day, ${names})
    select target_id, '*', day, ${list((name) => sql`sum(${name})`)}
    from ${historyDayFindings} where ${ofDays} group by target_id, day`);
}
