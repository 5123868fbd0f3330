import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { BuildsAsked } from "../schemas";
import type { FoundBuild, IndexedBuild } from "../types";
import { createdAround, type HistoryScope, readRows, withoutNulls } from "./history-scope";
import { buildJson } from "./read-newest-builds";

/** Counting goes no further: nobody reads on from there. */
const MOST_COUNTED = 10_000;

type Row = {
  id: string;
  json: IndexedBuild;
  target: string;
  durationMs: number | null;
  startedBy: string | null;
  isGone: boolean;
  packages: string | null;
};

/**
 * All builds of the index that are asked for, newest first, a page at a time; with `arns` only of these. `total` counts
 * up to 10,000.
 */
export async function findIndexedBuilds(
  orm: Orm,
  scope: HistoryScope,
  { question, limit, arns }: { question: BuildsAsked; limit: number; arns?: string[] },
): Promise<{ builds: FoundBuild[]; total: number; next?: string }> {
  const where = sql`${scope.builds("b")} and ${conditionsOf(question)} and ${among(arns)}`;
  const [afterMs, afterId] = question.after?.split("-") ?? [];
  const after =
    afterMs && afterId
      ? sql`(b.created_at, b.id) < (to_timestamp(${afterMs}::float8 / 1000), ${afterId}::bigint)`
      : sql`true`;
  // Each target's own are found by its index: one list over all would sort every build.
  const rows = await readRows<Row>(
    orm,
    sql`select b.id::text as id, ${buildJson("b")} as json, b.target_id as target, b.duration_ms::float8 as "durationMs",
        b.started_by as "startedBy", b.gone_at is not null as "isGone", ${packagesOf(question)} as packages
      from ${scope.targets("t")} cross join lateral (
        select * from history_builds b where b.target_id = t.target_id and ${where} and ${after}
        order by b.created_at desc, b.id desc limit ${limit + 1}
      ) b order by b.created_at desc, b.id desc limit ${limit + 1}`,
  );
  const [counted] = await readRows<{ total: number }>(
    orm,
    sql`select count(*)::int as total from (select 1 from history_builds b where ${where} limit ${MOST_COUNTED}) found`,
  );
  const last = rows[limit - 1];
  return {
    builds: rows.slice(0, limit).map(({ json, id: _, packages, ...row }) => ({
      ...(withoutNulls({ ...json, ...row }) as FoundBuild),
      ...(packages !== null && { matched: matching(packages, question.q) }),
    })),
    total: counted?.total ?? 0,
    ...(rows.length > limit && last && { next: `${Date.parse(last.json.createdAt)}-${last.id}` }),
  };
}

/** What a search looks in: names, version, AMIs, base image, recipe. */
const SEARCHED = sql`lower(concat_ws(' ', b.display_name, b.name, b.version || '/' || b.build, b.pipeline, b.amis::text,
  b.base_ami, b.recipe_name, b.recipe_version))`;

const among = (arns: string[] | undefined): SQL =>
  arns === undefined ? sql`true` : arns.length === 0 ? sql`false` : sql`b.arn in ${arns}`;

const packagesOf = ({ by }: BuildsAsked): SQL =>
  by === "package"
    ? sql`(select k.packages from history_packages k where k.build_id = b.id)`
    : sql`null::text`;

/** "openssl 3.0.7" as it begins a line of `history_packages`. */
const packageStart = (q = ""): string => q.toLowerCase().trim().replaceAll(/\s+/g, " ");

/** The lines that begin as asked: "openssl" finds openssl-libs too. */
function matching(packages: string, q: string | undefined): string[] {
  const start = packageStart(q);
  return packages.split("\n").filter((line) => line !== "" && line.toLowerCase().startsWith(start));
}

function conditionsOf({ by, q, pipeline, result, platform, from, to }: BuildsAsked): SQL {
  const words = (by === "text" ? (q ?? "") : "").toLowerCase().split(/\s+/).filter(Boolean);
  const conditions = words.map((word) => sql`position(${word} in ${SEARCHED}) > 0`);
  if (by === "package")
    conditions.push(sql`exists (select 1 from history_packages k where k.build_id = b.id
      and position(${`\n${packageStart(q)}`} in chr(10) || lower(k.packages)) > 0)`);
  if (pipeline !== undefined) conditions.push(sql`b.pipeline = ${pipeline}`);
  if (result !== undefined) conditions.push(sql`b.result = ${result}`);
  if (platform !== undefined) conditions.push(sql`b.platform = ${platform}`);
  if (from !== undefined) conditions.push(sql`b.day >= ${from}`);
  if (to !== undefined) conditions.push(sql`b.day <= ${to}`);
  if (from !== undefined && to !== undefined) conditions.push(createdAround(sql`b.created_at`, { from, to }));
  return sql.join([sql`true`, ...conditions], sql` and `);
}
