import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { HistoryBuildRef, HistoryRange } from "../types";
import { type HistoryScope, iso, readRows, within } from "./history-scope";

type NewestImage = HistoryBuildRef & { createdAt: string };

/** Good images of the range that AWS still has, newest first. */
export async function readNewestImages(
  orm: Orm,
  scope: HistoryScope,
  { range, limit }: { range: HistoryRange; limit: number },
): Promise<NewestImage[]> {
  return readRows(
    orm,
    sql`select b.target_id as target, b.name, b.version, b.build, ${iso(sql`b.created_at`)} as "createdAt"
      from history_builds b
      where ${scope.builds("b")} and ${within(sql`b.day`, range)} and b.result = 'succeeded' and b.gone_at is null
        and b.image_type = 'AMI'
      order by b.created_at desc, b.id desc limit ${limit}`,
  );
}
