import { sql } from "drizzle-orm";
import type { Database, Orm } from "../lib/db/database";
import { addDays, dayAt } from "../lib/history/calendar-day";
import { readRows } from "../lib/history/statistics/history-scope";
import { compareBuilds, saveStandings } from "../lib/history/sync/compare-builds";
import { countKept } from "../lib/history/sync/count-kept";
import { rollUpDays } from "../lib/history/sync/refresh-rollups";
import { rollUpFindings } from "../lib/history/sync/roll-up-findings";

export type Size = { builds: number; targets: number; pipelines: number; days: number };

/** Stages and steps, and what changed from build to build, are made for so many days up to today. */
const DAYS_IN_DETAIL = 60;

/**
 * Rows as a sync leaves them, made in the database: all builds in one transaction, which drops the indexes and
 * makes them again at its end, then target by target what follows from them, by the sync's own code. A run that was
 * ended goes on with the next target. Says how far it is.
 */
export async function makeRows({ orm }: Database, size: Size): Promise<void> {
  const startedAt = Date.now();
  const say = (what: string) =>
    console.log(` ${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${what}`);
  const [known] = await readRows<{ builds: number }>(
    orm,
    sql`select count(*)::int as builds from (select 1 from history_builds limit 1) b`,
  );
  if (known?.builds === 0) await orm.transaction((tx) => makeBuilds(tx, size, say));
  const finished = new Set(
    (await readRows<{ id: string }>(orm, sql`select target_id as id from history_sync`)).map(({ id }) => id),
  );
  const names = Array.from({ length: size.pipelines }, (_, pipeline) => `p${pipeline}`);
  for (let index = 0; index < size.targets; index++) {
    const target = `t${index}`;
    if (finished.has(target)) continue;
    await orm.transaction(async (tx) => {
      await rollUpDays(tx, target);
      await saveStandings(tx, target, names);
      await countKept(tx, target, names);
      await rollUpFindings(tx, target, names);
      await compareRecent(tx, target);
      await tx.execute(
        sql`insert into history_sync (target_id, time_zone, updated_at) values (${target}, 'UTC', now())`,
      );
    });
    if (size.targets === 1 || index % 5 === 4) say(`rolled up ${index + 1} of ${size.targets} targets`);
  }
  // Index-only scans need the map of visible pages, which autovacuum keeps in a database that is in use.
  await orm.execute(sql`vacuum analyze`);
  say("vacuumed");
}

async function makeBuilds(tx: Orm, { builds, targets, pipelines, days }: Size, say: (what: string) => void) {
  const perTarget = builds / targets;
  const perDay = perTarget / days;
  const indexes = await readRows<{ name: string; definition: string }>(
    tx,
    sql`select indexname as name, indexdef as definition from pg_indexes
      where tablename = 'history_builds' and indexname <> 'history_builds_pkey'`,
  );
  for (const { name } of indexes) await tx.execute(sql`drop index ${sql.identifier(name)}`);
  for (let index = 0; index < targets; index++) {
    const target = `t${index}`;
    await tx.execute(sql`
      insert into history_builds (target_id, arn, name, version, build, display_name, pipeline, status, result, created_at, day,
        duration_ms, image_type, recipe_name, recipe_version, base_ami, instance_type, volume_gib, components, amis,
        failed_stage, failed_step, failed_component, rule, rule_title, findings_all, findings_critical, findings_high, findings_medium,
        seen_at, detailed_at)
      select ${target}::text, ${target}::text || '/' || i, 'image-' || p, '1.0.0', i::text, 'image', 'p' || p,
        case when bad then 'FAILED' else 'AVAILABLE' end, case when bad then 'failed' else 'succeeded' end, at, at::date,
        900000 + dice % 900000, 'AMI', 'recipe', '1.' || (i / (${perDay}::float8 * 30))::int || '.0',
        'ami-' || (i / (${perDay}::float8 * 7))::int, 'm7i.large', 8,
        ('[{"name":"baseline","version":"1.0.0"},{"name":"agent","version":"1.' || (i / (${perDay}::float8 * 14))::int || '.0"}]')::jsonb,
        '[{"region":"us-east-1","amiId":"ami-1"}]'::jsonb,
        case when bad then 'BUILDING' end, case when bad then 'Apply' end, case when bad then 'component-' || dice % 17 end,
        case when bad then 'C' || dice % 12 end, case when bad then 'Cause ' || dice % 12 end,
        case when scanned then dice % 40 end, case when scanned then dice % 3 end,
        case when scanned then dice % 7 end, case when scanned then dice % 11 end, at, at
      from (
        select *, dice % 100 < 9 as bad, dice % 100 >= 9 and p % 2 = 0 as scanned
        from (
          select i, abs(hashint4(i)::bigint) as dice, i % ${pipelines}::int as p,
            now() - (${perTarget}::float8 - i) / ${perTarget}::float8 * ${days}::int * interval '1 day' as at
          from generate_series(1, ${perTarget}::int) i
        ) drawn
      ) made`);
    if (targets === 1 || index % 5 === 4)
      say(`made ${((index + 1) * perTarget).toLocaleString("en")} of ${builds.toLocaleString("en")} builds`);
  }
  for (const { name, definition } of indexes) {
    await tx.execute(sql.raw(definition));
    say(`made the index ${name}`);
  }
  await tx.execute(sql`
    insert into history_steps (build_id, ordinal, kind, stage, name, status, duration_ms)
    select b.id, s.ordinal, s.kind, s.stage, s.name, 'COMPLETED', s.about + (b.id * 104729) % s.about
    from history_builds b cross join (values
      (0, 'stage', 'Create', 'Create', 20000), (1, 'stage', 'Build', 'Build', 600000), (2, 'stage', 'Test', 'Test', 200000),
      (3, 'step', 'Build', 'LaunchBuildInstance', 60000), (4, 'step', 'Build', 'ApplyBuildComponents', 400000),
      (5, 'step', 'Build', 'CreateOutputAMI', 120000), (6, 'step', 'Test', 'LaunchTestInstance', 60000),
      (7, 'step', 'Test', 'ApplyTestComponents', 90000)
    ) s (ordinal, kind, stage, name, about)
    where b.day > ${detailedSince()}`);
  say("made stages and steps");
  await tx.execute(sql`analyze`);
}

async function compareRecent(tx: Orm, target: string): Promise<void> {
  const recent = await readRows<{ id: string }>(
    tx,
    sql`select id from history_builds where target_id = ${target} and day > ${detailedSince()}`,
  );
  for (let from = 0; from < recent.length; from += 2000)
    await compareBuilds(
      tx,
      recent.slice(from, from + 2000).map(({ id }) => Number(id)),
    );
}

const detailedSince = () => addDays(dayAt("UTC", Date.now()), -DAYS_IN_DETAIL);
